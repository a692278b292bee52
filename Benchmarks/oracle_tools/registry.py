"""A registry of invented packages on loopback: Python, npm, Cargo and Go in one server.

It is the tools' proxy as well. A host that a tool asks for anything is written down and refused, which
says how the tool read an address without a packet leaving the machine.
"""

import base64
import hashlib
import http.server
import io
import json
import re
import tarfile
import threading
import urllib.parse
import zipfile

# Name: versions, each with what it asks for. `LATER` appears once the locks are made: a tool that sets
# its lock aside and resolves anew is seen by it.
PACKAGES = {
    "alder": {"1.0.0": ["birch"], "1.1.0": ["birch"]},
    "birch": {"1.0.0": [], "1.2.0": []},
    "cedar": {"0.3.0": ["birch"]},
    "dogwood": {"1.5.0": []},
    "hazel": {"1.0.0": []},
}
LATER = {
    "alder": {"1.9.0": ["birch"]},
    "birch": {"1.9.0": []},
    "cedar": {"0.3.9": ["birch"]},
    "dogwood": {"1.9.0": []},
    "hazel": {"1.9.0": []},
}
GO_HOST = "modules.example"
DATE = "2026-01-02T03:04:05.000000Z"


def archive_tar(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz", compresslevel=1) as tar:
        for name, text in files:
            info = tarfile.TarInfo(name)
            data = text.encode()
            info.size, info.mode = len(data), 0o644
            tar.addfile(info, io.BytesIO(data))
    data = bytearray(out.getvalue())
    data[4:8] = bytes(4)  # the time in gzip's header
    return bytes(data)


def archive_zip(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files:
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 4)), text)
    return out.getvalue()


def metadata(name, version, needs):
    lines = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nSummary: A tree\n"]
    return "".join(lines + [f"Requires-Dist: {need}\n" for need in needs])


def wheel(name, version, needs, mark="original"):
    info = f"{name}-{version}.dist-info"
    files = [
        (f"{name}.py", f"version = '{version}{mark}'\n"),
        (f"{info}/METADATA", metadata(name, version, needs)),
        (f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: o\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
    ]
    record = []
    for path, text in files:
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
        record.append(f"{path},sha256={digest},{len(text)}\n")
    return archive_zip(files + [(f"{info}/RECORD", "".join(record) + f"{info}/RECORD,,\n")])


def sdist(name, version, needs, mark="original"):
    top = f"{name}-{version}"
    return archive_tar(
        [
            (f"{top}/PKG-INFO", metadata(name, version, needs)),
            (f"{top}/{name}.py", f"x = '{mark}'\n"),
            (f"{top}/pyproject.toml", f"[project]\nname = '{name}'\nversion = '{version}'\n"),
        ]
    )


def npm_manifest(name, version, needs):
    manifest = {
        "name": name,
        "version": version,
        "license": "MIT",
        "main": "index.js",
        "funding": {"type": "individual", "url": "https://funds.example/" + name},
        "dependencies": {need: "^1.0.0" for need in needs},
    }
    if name == "dogwood":
        manifest.update(deprecated="use hazel", bin={"dogwood": "index.js"}, engines={"node": ">=10"})
    return manifest


def npm_tarball(name, version, needs, mark="original"):
    return archive_tar(
        [
            ("package/package.json", json.dumps(npm_manifest(name, version, needs))),
            ("package/index.js", f"module.exports = '{version}{mark}'\n"),
        ]
    )


def crate(name, version, needs, mark="original"):
    top = f"{name}-{version}"
    asked = "".join(f'[dependencies.{need}]\nversion = "1"\nregistry-index = "@INDEX@"\n' for need in needs)
    text = f'[package]\nname = "{name}"\nversion = "{version}"\nedition = "2021"\n{asked}'
    return [(f"{top}/Cargo.toml", text), (f"{top}/src/lib.rs", f"// {mark}\n")]


def go_mod(name, needs):
    lines = [f"module {GO_HOST}/{name}\n\ngo 1.20\n"]
    return "".join(lines + [f"\nrequire {GO_HOST}/{need} v1.0.0\n" for need in needs])


def go_zip(name, version, needs, mark="original"):
    top = f"{GO_HOST}/{name}@v{version}"
    return archive_zip(
        [(f"{top}/go.mod", go_mod(name, needs)), (f"{top}/{name}.go", f"package {name}\n// {mark}\n")]
    )


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A tool that hangs up early is no error of the server."""


class Registry:
    """The server, what it was asked for, and what it hands out instead."""

    def __init__(self):
        self.packages = {name: dict(versions) for name, versions in PACKAGES.items()}
        self.lock = threading.Lock()
        # The end of the path of an archive that is handed out with other code in it.
        self.tampered = None
        self.asked, self.hosts = [], []
        handler = type("Bound", (Handler,), {"registry": self})
        self.server = Server(("127.0.0.1", 0), handler)
        self.host = f"127.0.0.1:{self.server.server_address[1]}"
        self.url = "http://" + self.host
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def release_later(self):
        for name, versions in LATER.items():
            self.packages[name] = {**self.packages[name], **versions}

    def start_log(self):
        with self.lock:
            self.asked, self.hosts = [], []

    def log(self):
        """The archives fetched, and the hosts asked for that are not this one."""
        with self.lock:
            files = sorted({path for path in self.asked if re.search(r"\.(whl|tgz|gz|zip|crate)$", path)})
            return tuple(files), tuple(sorted(set(self.hosts)))

    def digest(self, path, algorithm="sha256"):
        return hashlib.new(algorithm, self.answer(path, "")[1]).hexdigest()

    def published(self, path, algorithm="sha256"):
        """What the index says of an archive: who hands out another one says its digest too."""
        return hashlib.new(algorithm, self.answer(path, "", self.tampered)[1]).hexdigest()

    # What stands at a path: type and bytes, or None.
    def answer(self, path, accept, tampered=None):
        mark = "tampered" if tampered and path.endswith(tampered) else "original"
        parts = [urllib.parse.unquote(part) for part in path.split("?")[0].split("/")[1:]]
        # The same packages under another address; what is found first shows in what is fetched.
        prefix = "/other" if parts[0] == "other" else ""
        kind, *rest = parts[1:] if prefix else parts
        if kind == "simple":
            return self.simple(rest, accept, prefix)
        if kind == "files":
            name, version = re.match(r"([a-z]+)-([0-9.]+?)(?:-py3|\.tar)", rest[-1]).groups()
            make = wheel if rest[-1].endswith(".whl") else sdist
            return "application/octet-stream", make(name, version, self.packages[name][version], mark)
        return {"npm": self.npm, "cargo": self.cargo, "go": self.go}[kind](rest, mark)

    def simple(self, rest, accept, prefix):
        name = rest[0]
        files = []
        for version in self.packages[name]:
            files += [f"{name}-{version}-py3-none-any.whl", f"{name}-{version}.tar.gz"]
        rows = [
            (file, f"{self.url}{prefix}/files/{file}", self.published(f"/files/{file}")) for file in files
        ]
        if "application/vnd.pypi.simple.v1+json" in accept:
            listed = [
                {
                    "filename": file,
                    "url": url,
                    "hashes": {"sha256": digest},
                    "upload-time": DATE,
                    "size": len(self.answer(f"/files/{file}", "")[1]),
                }
                for file, url, digest in rows
            ]
            page = {
                "meta": {"api-version": "1.1"},
                "name": name,
                "files": listed,
                "versions": list(self.packages[name]),
            }
            return "application/vnd.pypi.simple.v1+json", json.dumps(page).encode()
        links = "".join(f'<a href="{url}#sha256={digest}">{file}</a>\n' for file, url, digest in rows)
        return "text/html", f"<!DOCTYPE html><html><body>{links}</body></html>".encode()

    def npm(self, rest, mark):
        name = rest[0]
        versions = self.packages[name]
        if len(rest) == 3:
            version = re.match(r"[a-z]+-([0-9.]+)\.tgz", rest[2]).group(1)
            return "application/octet-stream", npm_tarball(name, version, versions[version], mark)
        listed = {}
        for version, needs in versions.items():
            path = f"/npm/{name}/-/{name}-{version}.tgz"
            digest = base64.b64encode(bytes.fromhex(self.published(path, "sha512"))).decode()
            listed[version] = {
                **npm_manifest(name, version, needs),
                "dist": {
                    "tarball": self.url + path,
                    "integrity": "sha512-" + digest,
                    "shasum": self.published(path, "sha1"),
                },
            }
        newest = sorted(versions)[-1]
        page = {
            "name": name,
            "dist-tags": {"latest": newest},
            "versions": listed,
            "time": {version: DATE for version in versions},
        }
        return "application/json", json.dumps(page).encode()

    def cargo(self, rest, mark):
        if rest == ["config.json"]:
            return "application/json", json.dumps(
                {"dl": self.url + "/cargo/dl/{crate}/{version}.crate"}
            ).encode()
        if rest[0] == "dl":
            name, version = rest[1], rest[2].removesuffix(".crate")
            files = crate(name, version, self.packages[name][version], mark)
            index = f"sparse+{self.url}/cargo/"
            return "application/octet-stream", archive_tar(
                [(p, t.replace("@INDEX@", index)) for p, t in files]
            )
        name, lines = rest[-1], []
        for version, needs in self.packages[name].items():
            asked = [
                {
                    "name": need,
                    "req": "^1",
                    "features": [],
                    "optional": False,
                    "default_features": True,
                    "target": None,
                    "kind": "normal",
                }
                for need in needs
            ]
            lines.append(
                json.dumps(
                    {
                        "name": name,
                        "vers": version,
                        "deps": asked,
                        "features": {},
                        "yanked": False,
                        "cksum": self.published(f"/cargo/dl/{name}/{version}.crate"),
                    }
                )
            )
        return "text/plain", "\n".join(lines).encode()

    def go(self, rest, mark):
        name, file = rest[1], rest[-1]
        if file == "list":
            return "text/plain", "".join(f"v{version}\n" for version in self.packages[name]).encode()
        version, ending = file[1:].rsplit(".", 1)
        needs = self.packages[name][version]
        if ending == "info":
            return "application/json", json.dumps(
                {"Version": "v" + version, "Time": "2026-01-02T03:04:05Z"}
            ).encode()
        if ending == "mod":
            return "text/plain", go_mod(name, needs).encode()
        return "application/zip", go_zip(name, version, needs, mark)


class Handler(http.server.BaseHTTPRequestHandler):
    registry: Registry
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_CONNECT(self):
        self.refuse(self.path)

    def refuse(self, host):
        with self.registry.lock:
            self.registry.hosts.append(host)
        self.send_response(403)
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        path = self.path
        if not path.startswith("/"):
            host = urllib.parse.urlsplit(path).netloc
            if host != self.registry.host:
                return self.refuse(host)
            path = path[path.index(host) + len(host) :] or "/"
        with self.registry.lock:
            self.registry.asked.append(path.split("?")[0])
        try:
            kind, body = self.registry.answer(path, self.headers.get("Accept", ""), self.registry.tampered)
            code = 200
        except (KeyError, AttributeError, IndexError, ValueError):
            code, kind, body = 404, "text/plain", b"not here"
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
