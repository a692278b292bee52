"""npm and deno."""

import base64
import json
import re
import shutil

from .tool import Tool
from .workshop import Plan, tree


class Npm(Tool):
    name = "npm"
    ecosystem = "npm"
    files = ["package-lock.json", "package.json", ".npmrc"]
    archive = "hazel-1.0.0.tgz"
    shorthands = {
        "owner and repository": "evil/hazel",
        "with branch": "evil/hazel#main",
        "file name": "hazel.tgz",
        "path": "../hazel",
        "range": "^1.0.0",
        "tag": "latest",
        "nothing": "",
    }
    manifest = {
        "name": "grove",
        "version": "0.1.0",
        "description": "A grove",
        "license": "MIT",
        "private": True,
        "keywords": ["trees", "shade"],
        "homepage": "https://grove.example",
        "author": {"name": "Ada", "email": "ada@grove.example"},
        "bugs": {"url": "https://grove.example/bugs"},
        "repository": {"type": "git", "url": "https://grove.example/source"},
        "contributors": [{"name": "Bo"}, "Cy"],
        "funding": ["https://funds.example/grove", "https://funds.example/2"],
        "workspaces": ["members/*"],
        "dependencies": {"alder": "^1.0.0", "hazel": "^1.0.0"},
        "devDependencies": {"cedar": "^0.3.0"},
        "optionalDependencies": {"dogwood": "*"},
    }

    def version(self):
        return self.shop.run(["npm", "--version"], self.shop.folder).stdout.strip()

    def call(self, where, *arguments, check=False):
        return self.shop.run(
            ["npm", *arguments],
            where,
            check=check,
            npm_config_cache=str(self.shop.fresh("npm-cache")),
            npm_config_fetch_retries="0",
            npm_config_audit="false",
        )

    def make(self, where):
        (where / "package.json").write_text(json.dumps(self.manifest, indent=2) + "\n")
        (where / ".npmrc").write_text(
            "; of the grove\ncolor=false\nfund = false\nprogress=false\nupdate-notifier=false\nunicode=false\n"
            f"registry={self.registry.url}/npm/\nignore-scripts=true\n"
        )
        self.call(self.member(where), "install", "--package-lock-only", check=True)

    @staticmethod
    def member(where):
        (where / "members/moss").mkdir(parents=True, exist_ok=True)
        (where / "members/moss/package.json").write_text(
            '{"name": "moss", "version": "1.0.0", "license": "MIT"}\n'
        )
        return where

    def plan(self, where):
        self.member(where)
        self.registry.start_log()
        done = self.call(where, "ci")
        return Plan(
            done.returncode == 0, tree(where / "node_modules", [".package-lock.json"]), *self.registry.log()
        )

    def reading(self, where):
        listed = json.loads(self.call(where, "query", "*", "--package-lock-only", check=True).stdout)
        return {
            (item["name"], item["version"]): (
                item.get("resolved"),
                set(filter(None, [item.get("integrity")])),
            )
            for item in listed
            if item.get("location")
        }

    def url(self, text):
        return re.search(r"http://[^\"]*hazel-1.0.0.tgz", text)[0]

    def digests(self, text):
        lock = json.loads(text)
        entry = lock["packages"]["node_modules/hazel"]
        good = entry["integrity"]
        body = good.split("-", 1)[1]
        path = "/npm/hazel/-/hazel-1.0.0.tgz"

        def sri(algorithm):
            return (
                algorithm
                + "-"
                + base64.b64encode(bytes.fromhex(self.registry.digest(path, algorithm))).decode()
            )

        spellings = {
            "as made": good,
            "absent": None,
            "empty": "",
            "SHA512-": "SHA512-" + body,
            "Sha512-": "Sha512-" + body,
            "sha512_": "sha512_" + body,
            "sha512:": "sha512:" + body,
            "unknown algorithm": "sha999-" + body,
            "cut": good[:40],
            "one letter less": good[:-3] + "==",
            "base64url": good.replace("+", "-").replace("/", "_"),
            "no padding": good.rstrip("="),
            "sha512-": "sha512-",
            "with option": good + "?x",
            "blank before": " " + good,
            "tab before": "\t" + good,
            "line before": "\n" + good,
            "NUL after": good + "\0",
            "hex": "sha512-" + base64.b64decode(body).hex(),
            "sha1": sri("sha1"),
            "md5": sri("md5"),
            "sha256": sri("sha256"),
            "sha384": sri("sha384"),
            "sha3": "sha3-512-" + body,
            "two, one good": f"{good} sha512-{'A' * 86}==",
            "sha1 beside": f"{sri('sha1')} {good}",
            "unknown beside": f"sha999-AAAA {good}",
            "number": 7,
            "list": [good],
            "object": {"sha512": body},
            "true": True,
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
    manifest = {
        "license": "MIT",
        "fmt": {
            "useTabs": False,
            "lineWidth": 100,
            "indentWidth": 2,
            "semiColons": True,
            "proseWrap": "never",
        },
        "nodeModulesDir": "auto",
        "imports": {
            "alder": "npm:alder@^1.0.0",
            "cedar": "npm:cedar@~0.3.0",
            "dogwood": "npm:dogwood",
            "hazel": "npm:hazel@^1.0.0",
        },
    }

    def version(self):
        return self.call(self.shop.folder, "--version").stdout.split()[1]

    def call(self, where, *arguments, check=False):
        return self.shop.run(
            [self.tools / "deno/bin/deno", *arguments],
            where,
            check=check,
            NPM_CONFIG_REGISTRY=self.registry.url + "/npm/",
            DENO_DIR=str(self.shop.fresh("deno-cache")),
            DENO_NO_UPDATE_CHECK="1",
        )

    def make(self, where):
        (where / "deno.json").write_text(json.dumps(self.manifest, indent=2) + "\n")
        self.call(where, "install", "-q", check=True)
        shutil.rmtree(where / "node_modules", ignore_errors=True)

    def plan(self, where):
        self.registry.start_log()
        done = self.call(where, "install", "-q")
        return Plan(
            done.returncode == 0,
            tree(where / "node_modules", [".deno.lock", ".setup-cache.bin", ".state.json"]),
            *self.registry.log(),
        )

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
        spellings = {
            "as made": good,
            "absent": None,
            "empty": "",
            "SHA512-": "SHA512-" + body,
            "sha999-": "sha999-" + body,
            "cut": good[:40],
            "no padding": good.rstrip("="),
            "sha512:": "sha512:" + body,
            "sha512-": "sha512-",
            "none-": "none-" + body,
            "no algorithm": body,
            "blank before": " " + good,
            "number": 7,
        }
        for label, value in spellings.items():
            changed = json.loads(text)
            changed["npm"]["hazel@1.0.0"]["integrity"] = value
            if value is None:
                del changed["npm"]["hazel@1.0.0"]["integrity"]
            yield label, json.dumps(changed, indent=2) + "\n"


TOOLS = [Npm, Deno]
