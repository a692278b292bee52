extension FormatSample {
  /// Of tools and languages with few locks, as far as the attacks have none of their own.
  static let languages = [
    FormatSample(
      "mise-lock", "mise.lock",
      """
      lockfile_version = 3

      [[tools.ms]]
      version = "2.1.2"
      backend = "aqua:acme/ms"
      specifiers = ["2"]
      options = { os = "a" }

      [tools.ms."platforms.linux-x64"]
      checksum = "sha256:aaaa"
      url = "https://files.example/ms.tar.gz"
      size = 12
      signer = "key:a"

      [[tools."pypi:once"]]
      version = "1.4.0"
      backend = "pypi:once"
      uv = { path = ".mise/locks/once", digest = "sha256:bbbb" }

      [conda-packages.linux-64."a-1-h_0.conda"]
      url = "https://conda.example/a-1-h_0.conda"
      checksum = "sha256:cccc"

      """),
    FormatSample(
      "spack-lock", "spack.lock",
      """
      {
        "_meta": {"file-type": "spack-lockfile", "lockfile-version": 8, "specfile-version": 6},
        "spack": {"version": "1.0", "type": "git", "commit": "0a1b"},
        "roots": [{"hash": "aa", "spec": "ms@2"}],
        "concrete_specs": {
          "aa": {
            "name": "ms", "version": "2.1.2", "namespace": "builtin", "package_hash": "pp",
            "parameters": {"build_system": "cmake"}, "patches": ["dd"],
            "dependencies": [{"name": "once", "hash": "bb", "parameters": {"deptypes": ["build"]}}],
            "hash": "aa"
          },
          "bb": {"name": "once", "version": "1.4.0", "external": {"path": "/usr"}, "hash": "bb"}
        }
      }

      """),
    FormatSample(
      "unity-manifest", "Packages/manifest.json",
      """
      {
        "dependencies": {"com.acme.ms": "2.1.2", "com.acme.once": "file:../once"},
        "scopedRegistries": [{"name": "a", "url": "https://packages.example", "scopes": ["com.acme"]}],
        "testables": ["com.acme.ms"],
        "enableLockFile": true
      }

      """),
    FormatSample(
      "aqua-manifest", "aqua.yaml",
      """
      registries:
        - type: standard
          ref: v4.0.0
      checksum:
        enabled: true
      packages:
        - name: acme/ms@v2.1.2
          description: words
          link: https://acme.example
        - name: acme/once
          version: v1.4.0
          registry: own

      """),
  ]
}
