import Signing
import Testing

/// Public keys, and signatures of `Fixture.message` for namespace `git`, all made by OpenSSH's
/// ssh-keygen; the private halves were thrown away.
struct Fixture: Sendable, CustomTestStringConvertible {
  let algorithm: KeyAlgorithm
  let line: String
  let fingerprint: String
  let signature: String

  var testDescription: String { algorithm.rawValue }

  static let message = Array("the message".utf8)
  static let all = [ed25519, ecdsaP256, ecdsaP384, ecdsaP521, rsa]

  var key: PublicKey {
    get throws { try PublicKey(authorizedKey: Array(line.utf8)) }
  }

  var parsed: SSHSignature {
    get throws { try SSHSignature(armored: Array(signature.utf8)) }
  }

  static let ed25519 = Fixture(
    algorithm: .ed25519,
    line: """
      ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMHyFlTzaWMCJu8ujvk79IRXSsTplu/kNtz5tUxPPfF+
      """,
    fingerprint: "SHA256:lL4QwmmiKIT1fE2CN7H7ZT6L5V2ov0h8WIDcE1E5DQQ",
    signature: """
      -----BEGIN SSH SIGNATURE-----
      U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgwfIWVPNpYwIm7y6O+Tv0hFdKxO
      mW7+Q23Pm1TE898X4AAAADZ2l0AAAAAAAAAAZzaGE1MTIAAABTAAAAC3NzaC1lZDI1NTE5
      AAAAQKa0v7uFPh5KkyoiwQvDROHLNg1G56HB8phob/BNRsm2qQ5CFL9+x+m1FgpZd4YzTn
      n45k0uJ0TnXn3mEj6XKQQ=
      -----END SSH SIGNATURE-----

      """)

  static let ecdsaP256 = Fixture(
    algorithm: .ecdsaP256,
    line: """
      ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBGRy5i63V9f2wLwSI2\
      lchPd724SsPyc+XGO0BtU5LzwhrJ7dP4Jl8ufS5k8kbUZw1e2ihW+e6r701CxXxWuo9gw=
      """,
    fingerprint: "SHA256:RJfQ2IwMiYaL9uEg59wgjZ/uwxaUfoVqmRvVDHFbVU0",
    signature: """
      -----BEGIN SSH SIGNATURE-----
      U1NIU0lHAAAAAQAAAGgAAAATZWNkc2Etc2hhMi1uaXN0cDI1NgAAAAhuaXN0cDI1NgAAAE
      EEZHLmLrdX1/bAvBIjaVyE93vbhKw/Jz5cY7QG1TkvPCGsnt0/gmXy59LmTyRtRnDV7aKF
      b57qvvTULFfFa6j2DAAAAANnaXQAAAAAAAAABnNoYTUxMgAAAGQAAAATZWNkc2Etc2hhMi
      1uaXN0cDI1NgAAAEkAAAAhAK+/mgGIpq1/zbo17BbRgWspfppwi9ZV8JIYmTkFhmHkAAAA
      IDFiv/IBTcB1zqWtRJ5l8AlRTu64Ft66e+waorvSlwaz
      -----END SSH SIGNATURE-----

      """)

  static let ecdsaP384 = Fixture(
    algorithm: .ecdsaP384,
    line: """
      ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBK/v/4PlJhRN1beQ/y\
      Ul9VgCGZDi9ECUwjzqRqFKzJUtlk+9gj80trCE6nC9HPm6AJMAr09FP3cWBKKX8R/P1lKOrKAtOxirFssWoLXEiBNS\
      vhylmyOlczuzEgjTzIWy7w==
      """,
    fingerprint: "SHA256:H17VdK7Oz9gdEOh412YlaH/TwpzoZHR5K1XvcHJPxcA",
    signature: """
      -----BEGIN SSH SIGNATURE-----
      U1NIU0lHAAAAAQAAAIgAAAATZWNkc2Etc2hhMi1uaXN0cDM4NAAAAAhuaXN0cDM4NAAAAG
      EEr+//g+UmFE3Vt5D/JSX1WAIZkOL0QJTCPOpGoUrMlS2WT72CPzS2sITqcL0c+boAkwCv
      T0U/dxYEopfxH8/WUo6soC07GKsWyxagtcSIE1K+HKWbI6VzO7MSCNPMhbLvAAAAA2dpdA
      AAAAAAAAAGc2hhNTEyAAAAhQAAABNlY2RzYS1zaGEyLW5pc3RwMzg0AAAAagAAADEA6tn+
      Ia5wjVDSWAQmaNF4pAMIxYpLQ36U/KHKLzCVq8DwM2AKjQhwXlLlg2OaQzmKAAAAMQCKCA
      VqwajZ6o+vAXJW854kIpZYFOvdlh58JgOW+S3Eh/iHehp172c5AYTiMO6Ah+8=
      -----END SSH SIGNATURE-----

      """)

  static let ecdsaP521 = Fixture(
    algorithm: .ecdsaP521,
    line: """
      ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAGy5mhhbkB4N71Dgg\
      eVcnY/7619sHsd9DiE1yFlchpJHR2y/ag33AfJ0yMhIOR4VClgdQC8cC4O8aN2v6BV99llJgCT6K0jXWWFDXbk1Pms\
      5U2xCZnXkhswIEfz96tkRyvFsPSpsoDiWEh+YIzjvqDpezQ13d/2pFyjBxe+CtIfO7t+uw==
      """,
    fingerprint: "SHA256:lnZCYiqKu7yftTLsGzRIhh8GXEVduqrurHLp3ULvmiI",
    signature: """
      -----BEGIN SSH SIGNATURE-----
      U1NIU0lHAAAAAQAAAKwAAAATZWNkc2Etc2hhMi1uaXN0cDUyMQAAAAhuaXN0cDUyMQAAAI
      UEAbLmaGFuQHg3vUOCB5Vydj/vrX2wex30OITXIWVyGkkdHbL9qDfcB8nTIyEg5HhUKWB1
      ALxwLg7xo3a/oFX32WUmAJPorSNdZYUNduTU+azlTbEJmdeSGzAgR/P3q2RHK8Ww9KmygO
      JYSH5gjOO+oOl7NDXd3/akXKMHF74K0h87u367AAAAA2dpdAAAAAAAAAAGc2hhNTEyAAAA
      pgAAABNlY2RzYS1zaGEyLW5pc3RwNTIxAAAAiwAAAEIA0Q6IQsnFTczkm8f+H/Tvc9aWDG
      dlvcoY0Yxcjf1VOfYgCQl1g249IO8C1AYe3AOLn/Oql/qrYan57M3rzAe99JUAAABBDIVy
      Zs/LCY+WklpFQrfVV8qtDu7x5bRanQkPQtHOVGNVbbkKRtq+8vzIsxcv10T83IWatMy8Vm
      C6B17ukTLL87w=
      -----END SSH SIGNATURE-----

      """)

  static let rsa = Fixture(
    algorithm: .rsa,
    line: """
      ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDvZRH+xA814c/MXWzz50neH67roavhlsrnhRWNamiIx9DYtaI8lH\
      zJ+RTYQvqRUdIW050bZJ9BseK11mhtFt3t7kC10YPhzm0S2sUY8HGLdLt00R5KyaxP16dzjrsTBqHi5540ny+d0AR2\
      0DZJWg0/n694TDDDQX8o9z8FNw0aQejXosKN6fVCmPIpg+S0jAiSft8Ez5SWvUiNJKHGEcwNEzmyX7fhFs+Euzan3T\
      9zUsePTQUplhdKGtpGi9LXhcDo92GBLUzdrkpUlu5290SQ6CNZDtpmJlJO9K5AMk8WIuYZqDxXcLoXJXb8UDH8TXGW\
      18dB6rPt7ukSXyDt4oeN
      """,
    fingerprint: "SHA256:XvLywf5DdzqPZH3LECUGZx60MgNts42IBS1NPu02Vlo",
    signature: """
      -----BEGIN SSH SIGNATURE-----
      U1NIU0lHAAAAAQAAARcAAAAHc3NoLXJzYQAAAAMBAAEAAAEBAO9lEf7EDzXhz8xdbPPnSd
      4fruuhq+GWyueFFY1qaIjH0Ni1ojyUfMn5FNhC+pFR0hbTnRtkn0Gx4rXWaG0W3e3uQLXR
      g+HObRLaxRjwcYt0u3TRHkrJrE/Xp3OOuxMGoeLnnjSfL53QBHbQNklaDT+fr3hMMMNBfy
      j3PwU3DRpB6Neiwo3p9UKY8imD5LSMCJJ+3wTPlJa9SI0kocYRzA0TObJft+EWz4S7Nqfd
      P3NSx49NBSmWF0oa2kaL0teFwOj3YYEtTN2uSlSW7nb3RJDoI1kO2mYmUk70rkAyTxYi5h
      moPFdwuhcldvxQMfxNcZbXx0Hqs+3u6RJfIO3ih40AAAADZ2l0AAAAAAAAAAZzaGE1MTIA
      AAEUAAAADHJzYS1zaGEyLTUxMgAAAQDntNRg815fG2/XwYuXBHVh9r/c1a7qykon+QZuaF
      HMFrxLgghRLnobdvt6+AhDlMZF52KsumTxnN2YlcwSnA0cGCLti+04WG8As8lElpVys16j
      sms7bFpzYzPEkOfzS5sg3yOMzgIHdGnLW9wH3A88+rqsZf8KG+M5ngexcWxasRRuKe4I4r
      pyMps+DDZxH75Ifkm/YJyvrqP3qkkhjiw5LTjo7BmRGciIyqPdKLRkt9cFSfWnAyr20MZK
      8p67T9qwfLhv32i0XvYyPJ9n4WQFaCsELnLr5iJDbdne6ZqzRq9aCFFz12rNVS0Zoc9+cb
      O0xL67dGZIYz4xfeztAKGa
      -----END SSH SIGNATURE-----

      """)

  /// An RSA key of 1024 bits.
  static let shortRSA = """
    ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC49gyS+E9GW1atffHQsGACCFtMZkQQ0cGOdMasQu12efdlyUePjL\
    CDzChwmKGs2kD0Jlv5QdbJTMUyApMOXWlATQOjhFmcINQpp+OP9+QafMR0BUvXeUaVFfQ+VmHce3oCdTCzrv2AMadJ\
    c9QAeycUiSepfJem7us4VGQx5FUPnw==
    """

  /// A user certificate.
  static let certificate = """
    ecdsa-sha2-nistp256-cert-v01@openssh.com AAAAKGVjZHNhLXNoYTItbmlzdHAyNTYtY2VydC12MDFAb3Blb\
    nNzaC5jb20AAAAgmcJVVXHZu3+RREj6gk/7Q2gfktqFlW6TLQEbBs2rXVAAAAAIbmlzdHAyNTYAAABBBGRy5i63V9f\
    2wLwSI2lchPd724SsPyc+XGO0BtU5LzwhrJ7dP4Jl8ufS5k8kbUZw1e2ihW+e6r701CxXxWuo9gwAAAAAAAAAAAAAA\
    AEAAAACaWQAAAAFAAAAAXgAAAAAAAAAAP//////////AAAAAAAAAIIAAAAVcGVybWl0LVgxMS1mb3J3YXJkaW5nAAA\
    AAAAAABdwZXJtaXQtYWdlbnQtZm9yd2FyZGluZwAAAAAAAAAWcGVybWl0LXBvcnQtZm9yd2FyZGluZwAAAAAAAAAKc\
    GVybWl0LXB0eQAAAAAAAAAOcGVybWl0LXVzZXItcmMAAAAAAAAAAAAAADMAAAALc3NoLWVkMjU1MTkAAAAgwfIWVPN\
    pYwIm7y6O+Tv0hFdKxOmW7+Q23Pm1TE898X4AAABTAAAAC3NzaC1lZDI1NTE5AAAAQBjLdpXi+lKxmLQDYsCiVdNEi\
    NzAKvLfBfhpj6dZaJnRy6egQnlq1i7QcmZTyyxTWy0n3FssKbNQsq4my6bvhQc=
    """
}
