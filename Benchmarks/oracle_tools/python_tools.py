"""pip, uv, poetry, pdm and pipenv."""

import json
import re
import tomllib

from .tool import Tool
from .workshop import Plan, tree


class PythonTool(Tool):
    ecosystem = "pypi"
    archive = "hazel-1.0.0-py3-none-any.whl"

    def binary(self, name=None):
        return self.tools / self.package / "bin" / (name or self.package)

    def version(self):
        done = self.shop.run([self.binary(), "--version"], self.shop.folder)
        return re.search(r"\d+(\.\d+)+", done.stdout + done.stderr)[0]

    def installed(self, arguments, where, **environment):
        """Runs an install into the clean target."""
        packages = self.shop.clean_target()
        self.shop.registry.start_log()
        done = self.shop.run(arguments, where, VIRTUAL_ENV=str(self.shop.target), **environment)
        return Plan(done.returncode == 0, tree(packages), *self.shop.registry.log())

    def url(self, text):
        return re.search(r"http://\S*?hazel-1.0.0-py3-none-any.whl", text)[0]

    def digests(self, text):
        path = "/files/" + self.archive
        good = self.registry.digest(path)
        found = re.search(rf'(sha256 = "|sha256[:=]){good}', text)
        if not found:
            return
        start, whole = found[1], found[0]
        md5, sha512 = self.registry.digest(path, "md5"), self.registry.digest(path, "sha512")
        wrong = "0" * 64
        for label, new in {
            "as made": whole,
            "SHA256": whole.replace("sha256", "SHA256"),
            "upper case": start + good.upper(),
            "cut": start + good[:32],
            "empty": start,
            "longer": whole + "00",
            "blank": start + " " + good,
            "unknown algorithm": whole.replace("sha256", "sha999"),
            "sha512's name": whole.replace("sha256", "sha512"),
            "md5": start.replace("sha256", "md5") + md5,
            "sha512": start.replace("sha256", "sha512") + sha512,
            "md5's name": whole.replace("sha256", "md5"),
            "blake2b's name": whole.replace("sha256", "blake2b"),
            "wrong": start + wrong,
            "colon": start.rstrip(":") + "::" + good if start.endswith(":") else whole,
            "no algorithm": good if start.endswith(":") else whole,
        }.items():
            yield label, text.replace(whole, new)
        for label, pattern in {
            "hash gone": rf'(, )?hash = "sha256:{good}"(, )?',
            "hashes gone": rf', hashes = {{\s*sha256 = "{good}"\s*}}',
            "option gone": rf" --hash=sha256:{good}",
            "hash null": rf'"sha256:{good}",?',
        }.items():
            new = re.sub(pattern, ", " if label == "hash gone" else "", text)
            if new != text:
                yield label, new
        # The file's whole table away, the list left.
        new = re.sub(rf"(?m)^\s*\{{[^\n]*{good}[^\n]*\}},?\n", "", text)
        if new != text:
            yield "file gone", new

    @property
    def index(self):
        return self.registry.url + "/simple/"

    @property
    def other(self):
        """The same packages under another address: what is found first shows in what is asked for."""
        return self.registry.url + "/other/simple/"

    @staticmethod
    def requirements(text):
        """`{(name, version): digests}` of what an export prints."""
        found = {}
        for line in text.replace("\\\n", " ").splitlines():
            match = re.match(r"([\w.-]+)(?:==([\w.]+)| ?@ \S*?-([\d.]+)-\S+)", line) or re.match(
                r"\S*/([a-z]+)-()([\d.]+)-py3\S*", line
            )
            if match:
                found[match[1], match[2] or match[3]] = (None, set(re.findall(r"--hash[= ](\S+)", line)))
        return found


class Pip(PythonTool):
    name = package = "pip"
    files = ["requirements.txt"]

    def make(self, where):
        (where / "requirements.in").write_text(
            f"alder~=1.0\ncedar\ndogwood\nhazel @ {self.registry.url}/files/hazel-1.0.0-py3-none-any.whl\n"
        )
        report = self.report(where, "requirements.in")
        lines = [f"--index-url {self.index}\n"]
        for (name, version), (source, digests) in sorted(report.items()):
            wanted = f"{name} @ {source}" if name == "hazel" else f"{name}=={version}"
            lines.append(f"{wanted} --hash={min(digests)}\n")
        (where / "requirements.txt").write_text("# by hand\n" + "".join(lines))

    def report(self, where, name):
        done = self.shop.run(
            [
                self.binary(),
                "install",
                "-q",
                "--no-cache-dir",
                "--dry-run",
                "--ignore-installed",
                "--report",
                "-",
                "--index-url",
                self.index,
                "-r",
                name,
            ],
            where,
            check=True,
        )
        return {
            (item["metadata"]["name"], item["metadata"]["version"]): (
                item["download_info"]["url"],
                {f"sha256:{item['download_info']['archive_info']['hashes']['sha256']}"},
            )
            for item in json.loads(done.stdout)["install"]
        }

    def plan(self, where):
        return self.installed(
            [
                self.binary(),
                "install",
                "-q",
                "--no-cache-dir",
                "--target",
                self.shop.packages,
                "-r",
                self.files[0],
            ],
            where,
        )

    def reading(self, where):
        return self.report(where, self.files[0])


class PipPylock(Pip):
    name = "pip (pylock.toml)"
    files = ["pylock.toml"]

    def make(self, where):
        (where / "requirements.in").write_text("alder~=1.0\ncedar\ndogwood\nhazel\n")
        self.shop.run(
            [
                self.binary(),
                "lock",
                "-q",
                "--no-cache-dir",
                "--index-url",
                self.index,
                "-r",
                "requirements.in",
            ],
            where,
            check=True,
        )


class Uv(PythonTool):
    name = package = "uv"
    files = ["uv.lock", "pyproject.toml"]

    @property
    def options(self):
        # Named outright: uv would install into the Python that runs this otherwise.
        return {
            "UV_PYTHON": str(self.shop.target / "bin/python"),
            "UV_PYTHON_DOWNLOADS": "never",
            "UV_NO_CACHE": "1",
        }

    manifest = """[project]
name = "grove"
version = "0.1.0"
description = "A grove"
license = "MIT"
keywords = ["trees", "shade"]
authors = [{ name = "Ada", email = "ada@grove.example" }, { name = "Bo" }]
requires-python = ">=3.9"
dependencies = ["alder~=1.0", "dogwood", "hazel"]

[project.urls]
Homepage = "https://grove.example"
Source = "https://grove.example/source"

[dependency-groups]
dev = ["cedar~=0.3.0"]

[tool.uv.sources]
alder = { index = "local" }

[[tool.uv.index]]
name = "local"
url = "@INDEX@"

[[tool.uv.index]]
name = "other"
url = "@OTHER@"
default = true

[tool.ruff]
line-length = 100
"""

    def make(self, where):
        text = self.manifest.replace("@INDEX@", self.index).replace("@OTHER@", self.other)
        (where / "pyproject.toml").write_text(text)
        self.shop.run([self.binary(), "lock"], where, check=True, **self.options)

    def plan(self, where):
        return self.installed([self.binary(), "sync", "-q", "--active"], where, **self.options)

    def reading(self, where):
        done = self.shop.run(
            [self.binary(), "export", "-q", "--frozen", "--format", "pylock.toml"],
            where,
            check=True,
            **self.options,
        )
        found = {}
        for item in tomllib.loads(done.stdout)["packages"]:
            archives = [*item.get("wheels", []), *([item["sdist"]] if "sdist" in item else [])]
            found[item["name"], item["version"]] = (
                item.get("index"),
                {f"sha256:{archive['hashes']['sha256']}" for archive in archives},
            )
        return found


class UvPylock(Uv):
    name = "uv (pylock.toml)"
    files = ["pylock.toml"]

    def make(self, where):
        super().make(where)
        self.shop.run(
            [self.binary(), "export", "-q", "--no-emit-project", "-o", "pylock.toml"],
            where,
            check=True,
            **self.options,
        )
        (where / "pyproject.toml").unlink()
        (where / "uv.lock").unlink()

    def plan(self, where):
        return self.installed(
            [self.binary(), "pip", "sync", "-q", "--preview", "pylock.toml"], where, **self.options
        )

    def reading(self, where):
        return None


class Poetry(PythonTool):
    name = package = "poetry"
    files = ["poetry.lock", "pyproject.toml", "poetry.toml"]
    options = {
        "POETRY_CACHE_DIR": "cache",
        "POETRY_VIRTUALENVS_CREATE": "false",
        "POETRY_KEYRING_ENABLED": "false",
    }
    manifest = """[tool.poetry]
name = "grove"
version = "0.1.0"
description = "A grove"
license = "MIT"
authors = ["Ada <ada@grove.example>", "Bo <bo@grove.example>"]
keywords = ["trees", "shade"]
homepage = "https://grove.example"
package-mode = false

[[tool.poetry.source]]
name = "local"
url = "@INDEX@"
priority = "primary"

[[tool.poetry.source]]
name = "other"
url = "@OTHER@"
priority = "supplemental"

[tool.poetry.dependencies]
python = ">=3.9"
alder = "~1.0"
dogwood = "*"
hazel = { url = "@FILES@hazel-1.0.0-py3-none-any.whl" }

[tool.poetry.group.dev.dependencies]
cedar = "~0.3.0"
"""

    def make(self, where):
        text = self.manifest.replace("@INDEX@", self.index).replace("@OTHER@", self.other)
        (where / "pyproject.toml").write_text(text.replace("@FILES@", self.registry.url + "/files/"))
        (where / "poetry.toml").write_text(
            "[requests]\nmax-retries = 0\n\n[warnings]\nexport = false\n\n[installer]\nparallel = false\n"
        )
        self.call(where, "lock", check=True)

    def call(self, where, *arguments, check=False):
        self.options = {**self.options, "POETRY_CACHE_DIR": str(self.shop.fresh("poetry-cache"))}
        return self.shop.run(
            [self.binary(), "-q" if arguments[0] != "export" else "-n", *arguments],
            where,
            check=check,
            VIRTUAL_ENV=str(self.shop.target),
            **self.options,
        )

    def plan(self, where):
        packages = self.shop.clean_target()
        self.registry.start_log()
        done = self.call(where, "install")
        return Plan(done.returncode == 0, tree(packages), *self.registry.log())

    def reading(self, where):
        done = self.call(where, "export", "--all-groups", "--without-urls", check=True)
        return self.requirements(done.stdout)


class Pdm(PythonTool):
    name = package = "pdm"
    files = ["pdm.lock", "pyproject.toml"]
    manifest = """[project]
name = "grove"
version = "0.1.0"
description = "A grove"
keywords = ["trees", "shade"]
authors = [{ name = "Ada", email = "ada@grove.example" }, { name = "Bo" }]
requires-python = ">=3.9"
license = { text = "MIT" }
dependencies = ["alder~=1.0", "dogwood", "hazel @ @FILES@hazel-1.0.0-py3-none-any.whl"]

[project.urls]
Homepage = "https://grove.example"

[dependency-groups]
dev = ["cedar~=0.3.0"]

[tool.pdm]
distribution = false

[[tool.pdm.source]]
name = "pypi"
url = "@INDEX@"
verify_ssl = false

[[tool.pdm.source]]
name = "other"
url = "@OTHER@"
verify_ssl = false
"""

    def make(self, where):
        text = self.manifest.replace("@INDEX@", self.index).replace("@OTHER@", self.other)
        (where / "pyproject.toml").write_text(text.replace("@FILES@", self.registry.url + "/files/"))
        self.call(where, "lock", check=True)

    def call(self, where, *arguments, check=False):
        return self.shop.run(
            [self.binary(), *arguments],
            where,
            check=check,
            VIRTUAL_ENV=str(self.shop.target),
            PDM_CHECK_UPDATE="0",
            PDM_CACHE_DIR=str(self.shop.fresh("pdm-cache")),
            PDM_USE_VENV="1",
            PDM_IGNORE_SAVED_PYTHON="1",
            PATH=f"{self.shop.target}/bin:/usr/bin:/bin",
        )

    def plan(self, where):
        packages = self.shop.clean_target()
        self.registry.start_log()
        done = self.call(where, "install", "-q")
        return Plan(done.returncode == 0, tree(packages), *self.registry.log())

    def reading(self, where):
        done = self.call(where, "export", "-f", "requirements", "-G", ":all", check=True)
        return self.requirements(done.stdout)


class Pipenv(PythonTool):
    name = package = "pipenv"
    files = ["Pipfile.lock", "Pipfile"]
    archive = "dogwood-1.5.0-py3-none-any.whl"  # what comes by address has no digest there
    manifest = """[[source]]
url = "@INDEX@"
verify_ssl = false
name = "local"

[packages]
alder = "~=1.0"
dogwood = "*"
hazel = { file = "@FILES@hazel-1.0.0-py3-none-any.whl" }

[dev-packages]
cedar = "~=0.3.0"
"""

    def make(self, where):
        text = self.manifest.replace("@INDEX@", self.index).replace("@FILES@", self.registry.url + "/files/")
        (where / "Pipfile").write_text(text)
        self.call(where, "lock", check=True)

    def call(self, where, *arguments, check=False):
        return self.shop.run(
            [self.binary(), *arguments],
            where,
            check=check,
            VIRTUAL_ENV=str(self.shop.target),
            PIPENV_VERBOSITY="-1",
            PIPENV_CACHE_DIR=str(self.shop.fresh("pipenv-cache")),
            PIP_NO_CACHE_DIR="1",
            PIPENV_PYTHON=str(self.shop.target / "bin/python"),
            PATH=f"{self.shop.target}/bin:/usr/bin:/bin",
        )

    def plan(self, where):
        packages = self.shop.clean_target()
        self.registry.start_log()
        done = self.call(where, "sync", "--dev")
        return Plan(done.returncode == 0, tree(packages), *self.registry.log())

    def reading(self, where):
        return self.requirements(self.call(where, "requirements", "--hash", "--dev", check=True).stdout)


TOOLS = [Pip, PipPylock, Uv, UvPylock, Poetry, Pdm, Pipenv]
