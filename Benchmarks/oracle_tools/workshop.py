"""Where the tools run: an environment of their own, a clean target for installs, and hookkit."""

import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """What a tool does with some files: installed files by digest, archives fetched, other hosts asked."""

    ok: bool
    installed: tuple
    fetched: tuple
    hosts: tuple

    def differs(self, other):
        """How another plan differs from this one, or None."""
        if self == other:
            return None
        if not other.ok and not other.hosts:
            return "the tool refuses"
        for field, word in (("hosts", "asks "), ("fetched", "fetches "), ("installed", "installs ")):
            extra = sorted(set(getattr(other, field)) ^ set(getattr(self, field)), key=str)
            if extra:
                return word + str(extra[0])[:90]
        return "fails or not"


class Workshop:
    def __init__(self, folder, registry, hookkit):
        self.folder, self.registry, self.hookkit = pathlib.Path(folder), registry, hookkit
        self.home = self.folder / "home"
        self.home.mkdir(parents=True, exist_ok=True)
        proxy = registry.url
        self.environment = {
            "PATH": f"{self.folder}/none:/usr/bin:/bin",
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "TMPDIR": str(self.folder),
            "NO_COLOR": "1",
            "CI": "1",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_RETRIES": "0",
            "PIP_DEFAULT_TIMEOUT": "5",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "UV_HTTP_RETRIES": "0",
            "no_proxy": "127.0.0.1,localhost",
            "NO_PROXY": "127.0.0.1,localhost",
            **{
                name: proxy
                for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
            },
        }
        self.target = self.folder / "target"
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", self.target], check=True)
        self.packages = next(self.target.glob("lib/python*/site-packages"))
        self.last = None

    def run(self, arguments, where, check=False, **environment):
        try:
            at = time.monotonic()
            done = subprocess.run(
                [str(item) for item in arguments],
                cwd=where,
                env={**self.environment, **environment},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=90,
            )
        except subprocess.TimeoutExpired:
            done = subprocess.CompletedProcess(arguments, 99, "", "no end after 90 seconds")
        if os.environ.get("ORACLES_TRACE"):
            print(
                f"{time.monotonic() - at:.1f} s {arguments[0]} {done.returncode} {done.stderr.strip()[-200:]!r}",
                file=sys.stderr,
                flush=True,
            )
        self.last = done
        if check and done.returncode:
            raise RuntimeError(f"{' '.join(map(str, arguments))}\n{done.stdout[-1500:]}{done.stderr[-1500:]}")
        return done

    def clean_target(self):
        shutil.rmtree(self.packages)
        self.packages.mkdir()
        return self.packages

    def fresh(self, name):
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    # hookkit
    def listed(self, path):
        done = self.run([self.hookkit, "deps", "list", "--json", path.name], path.parent)
        return json.loads(done.stdout)["files"][0] if done.returncode == 0 else None

    def public(self, text):
        """A text as it would be with a real registry: hookkit warns of `http:`, and that is not the question."""
        return (
            text.replace(self.registry.host, "packages.example")
            .replace("http:", "https:")
            .replace("HTTP:", "HTTPS:")
        )

    def judged(self, pairs):
        """What `deps diff` says of each `(name, old, new)`; old or new is None for an absent file.

        All pairs are the folders of two commits, so that they cost one run.
        """
        repository = self.fresh("pairs")
        git = ["git", "-c", "user.name=o", "-c", "user.email=o@o.example", "-c", "core.autocrlf=false"]
        self.run([*git, "init", "-q"], repository, check=True)
        for side in (1, 2):
            for index, pair in enumerate(pairs):
                path = repository / f"{index:05}" / pair[0]
                path.parent.mkdir(parents=True, exist_ok=True)
                if pair[side] is None:
                    path.unlink(missing_ok=True)
                else:
                    path.write_bytes(self.public(pair[side]).encode())
            self.run([*git, "add", "-A", "-f"], repository, check=True)
            self.run([*git, "commit", "-qm", "x", "--allow-empty"], repository, check=True)
        done = self.run([self.hookkit, "deps", "diff", "--json", "HEAD~1", "HEAD"], repository)
        if not done.stdout.startswith("{"):
            raise RuntimeError(f"hookkit: {done.stdout[:500]}{done.stderr[:500]}")
        files = {int(file["path"].split("/")[0]): file for file in json.loads(done.stdout)["files"]}
        return [files.get(index) for index in range(len(pairs))]


def tree(folder, leave_out=()):
    """The files below a folder with their digests, less what differs from run to run."""
    found = []
    for path in sorted(pathlib.Path(folder).rglob("*")):
        name = str(path.relative_to(folder))
        if (
            path.is_dir()
            and not path.is_symlink()
            or "__pycache__" in name
            or path.name in ("RECORD", "INSTALLER", "REQUESTED", "uv_cache.json", "uv_build.json", *leave_out)
        ):
            continue
        data = os.readlink(path).encode() if path.is_symlink() else path.read_bytes()
        found.append((name, hashlib.sha256(data).hexdigest()[:12]))
    return tuple(found)
