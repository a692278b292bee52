import Foundation
import TestSupport

/// A real nginx on a loopback port that asks for a password and hands over to git-http-backend through
/// fcgiwrap, as git-http-backend(1) shows it for web servers.
final class LoopbackNginx: Sendable {
  private let port: UInt16
  private let processes: [BackgroundProcess]

  /// The one password of everybody.
  private static let password = "pass"

  /// - Parameter users: the names that may log in.
  init(in sandbox: Sandbox, users: [String]) throws {
    let folder = try sandbox.makeFolder("nginx")
    let hashed = try sandbox.shell("openssl passwd -apr1 '\(Self.password)'").value
    try sandbox.write(users.map { "\($0):\(hashed)\n" }.joined(), to: "nginx/users")
    let socket = "\(folder)/fcgi.sock"
    let wrap = try BackgroundProcess(
      ["/usr/sbin/fcgiwrap", "-c", "2", "-s", "unix:\(socket)"], in: sandbox)
    try wrap.wait { FileManager.default.fileExists(atPath: socket) }
    let core = try sandbox.shell("git --exec-path").value
    let temporary = ["client_body", "fastcgi", "proxy", "scgi", "uwsgi"]
      .map { "\($0)_temp_path \(folder)/\($0);" }.joined(separator: "\n")
    var attempts = 0
    while true {
      attempts += 1
      let port = try freeLoopbackPort()
      try sandbox.write(
        """
        \(geteuid() == 0 ? "user root;" : "")
        daemon off;
        worker_processes 1;
        pid \(folder)/pid;
        error_log stderr notice;
        events {}
        http {
          access_log off;
          \(temporary)
          server {
            listen 127.0.0.1:\(port);
            client_max_body_size 0;
            location / {
              auth_basic "git";
              auth_basic_user_file \(folder)/users;
              fastcgi_pass unix:\(socket);
              fastcgi_param SCRIPT_FILENAME \(core)/git-http-backend;
              fastcgi_param GIT_PROJECT_ROOT \(sandbox.root);
              fastcgi_param GIT_HTTP_EXPORT_ALL "";
              fastcgi_param HOME \(sandbox.environment["HOME"] ?? folder);
              fastcgi_param PATH_INFO $uri;
              fastcgi_param REMOTE_USER $remote_user;
              fastcgi_param REMOTE_ADDR $remote_addr;
              fastcgi_param REQUEST_METHOD $request_method;
              fastcgi_param QUERY_STRING $query_string;
              fastcgi_param CONTENT_TYPE $content_type;
              fastcgi_param CONTENT_LENGTH $content_length;
              fastcgi_param GIT_PROTOCOL $http_git_protocol;
            }
          }
        }

        """, to: "nginx/config")
      let nginx = try BackgroundProcess(
        ["/usr/sbin/nginx", "-c", "\(folder)/config", "-p", folder, "-e", "stderr"], in: sandbox)
      do {
        try nginx.wait { nginx.printed.contains("start worker process ") }
        self.port = port
        processes = [wrap, nginx]
        return
      } catch  where attempts < 5 && nginx.printed.contains("Address already in use") {
        continue
      }
    }
  }

  /// The address of a repository, by its path in the sandbox.
  func url(of path: String, as user: String) -> String {
    "http://\(user):\(Self.password)@127.0.0.1:\(port)/\(path)"
  }
}
