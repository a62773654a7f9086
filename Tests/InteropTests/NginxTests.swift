import Foundation
import TLSEngine
import Testing

extension Interop {
  @Suite("nginx", .serialized)
  struct Nginx {
    private let authority: Authority

    init() throws {
      authority = try Authority.shared.get()
    }

    /// A server that says what it negotiated, and has ten megabytes to give.
    private func server(_ kind: Authority.Kind, _ settings: String = "") throws -> (Peer, Socket) {
      let port = try freePort()
      let folder = authority.file("nginx-\(port)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let file = folder.appendingPathComponent("nginx.conf")
      try configuration(kind, port, folder, settings)
        .write(to: file, atomically: true, encoding: .utf8)
      let peer = try Peer(
        "nginx", package: "nginx-light", ["-c", file.path, "-e", folder.path + "/error.log"],
        in: folder)
      return (peer, try peer.connect(toPort: port))
    }

    private func configuration(
      _ kind: Authority.Kind, _ port: UInt16, _ folder: URL, _ settings: String
    ) -> String {
      """
      daemon off;
      master_process off;
      pid \(folder.path)/nginx.pid;
      events {}
      http {
        access_log off;
        client_body_temp_path \(folder.path)/body;
        proxy_temp_path \(folder.path)/proxy;
        fastcgi_temp_path \(folder.path)/fastcgi;
        uwsgi_temp_path \(folder.path)/uwsgi;
        scgi_temp_path \(folder.path)/scgi;
        server {
          listen 127.0.0.1:\(port) ssl;
          ssl_protocols TLSv1.2;
          ssl_certificate \(authority.file("\(kind).pem").path);
          ssl_certificate_key \(authority.file("\(kind).key").path);
          root \(authority.directory.path);
          location /said {
            return 200 "$ssl_server_name $ssl_protocol $ssl_cipher $ssl_curve $ssl_alpn_protocol";
          }
          \(settings)
        }
      }
      """
    }

    /// Asks for a path and gives what comes after the head.
    private func get(
      _ path: String, _ connection: inout ClientConnection, _ socket: Socket
    ) throws -> [UInt8] {
      let request = "GET \(path) HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n"
      try connection.write([UInt8](request.utf8), over: socket)
      let answer = try connection.read(.max, over: socket)
      let end = try #require(answer.firstRange(of: [UInt8]("\r\n\r\n".utf8)))
      #expect(answer.starts(with: [UInt8]("HTTP/1.1 200 OK\r\n".utf8)))
      return Array(answer[end.upperBound...])
    }

    @Test("Our client with nginx", arguments: Combination.all)
    func everyCombination(combination: Combination) throws {
      let (peer, socket) = try server(
        combination.kind,
        "ssl_ciphers \(combination.opensslSuite); ssl_ecdh_curve \(combination.opensslGroup);")
      defer { peer.stop() }
      var configuration = try authority.clientConfiguration(groups: NamedGroup.supported)
      configuration.applicationProtocols = ["http/1.1"]
      var connection = try ClientConnection.connected(configuration, over: socket)
      let negotiated = connection.summary
      let summary = try #require(negotiated)
      combination.expect(summary)
      #expect(summary.applicationProtocol == "http/1.1")
      let said = String(decoding: try get("/said", &connection, socket), as: UTF8.self)
      #expect(
        said.hasPrefix("example.com TLSv1.2 \(combination.opensslSuite) "), "\(said)")
      #expect(said.hasSuffix(" http/1.1"), "\(said)")
    }

    @Test("Ten megabytes from nginx, and a clean end after them")
    func bulk() throws {
      let (peer, socket) = try server(.rsa)
      defer { peer.stop() }
      var connection = try ClientConnection.connected(
        try authority.clientConfiguration(), over: socket)
      #expect(try get("/bulk", &connection, socket) == tenMegabytes)
    }
  }
}
