@main
struct Tls {
  static func main() {}
}
