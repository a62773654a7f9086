#if canImport(Security)
  internal import CoreFoundation
  internal import Security

  extension Platform {
    /// The certificates that macOS trusts, in DER. Other systems of Apple's do not list theirs.
    package static func anchorCertificates() throws(PlatformError) -> [[UInt8]] {
      let place = "the system's keychain"
      #if os(macOS)
        var anchors: CFArray?
        let status = unsafe SecTrustCopyAnchorCertificates(&anchors)
        guard status == errSecSuccess, let anchors else {
          throw PlatformError(path: place, message: "gives no anchors (status \(status))")
        }
        return (0..<CFArrayGetCount(anchors)).compactMap { index in
          guard let element = unsafe CFArrayGetValueAtIndex(anchors, index) else { return nil }
          let certificate = unsafe Unmanaged<SecCertificate>.fromOpaque(element)
            .takeUnretainedValue()
          let data = SecCertificateCopyData(certificate)
          let count = CFDataGetLength(data)
          var bytes = [UInt8](repeating: 0, count: count)
          unsafe CFDataGetBytes(data, CFRange(location: 0, length: count), &bytes)
          return bytes
        }
      #else
        throw PlatformError(path: place, message: "does not list its anchors on this system")
      #endif
    }
  }
#endif
