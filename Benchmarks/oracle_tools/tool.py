"""What each tool says of itself."""


class Tool:
    """A package manager: how it makes its lock, what it does with one, and what it reads in it.

    `files` are those that are changed, the lock first. `url` finds in the lock's text the address whose
    spelling is varied, `archive` is the name of what is fetched there.
    """

    name = package = ecosystem = ""
    files: list = []
    archive = ""
    wants = ()
    # What the tool takes in the place of an address besides addresses.
    shorthands: dict = {}
    # Whether the reading tells the digest that was used, of several that the lock has.
    reads_part = False

    def __init__(self, shop, tools):
        self.shop, self.tools, self.registry = shop, tools, shop.registry

    def version(self):
        raise NotImplementedError

    def make(self, where):
        """Makes the project and, with the tool, its lock."""
        raise NotImplementedError

    def plan(self, where):
        """Installs from the lock in a folder."""
        raise NotImplementedError

    def reading(self, where):
        """`{(name, version): (source or None, digests)}` as the tool reads its lock, or None."""
        return None

    def after_release(self):
        """Newer versions exist from now on, where that is not the registry's business."""

    def url(self, text):
        """The address to vary, or None."""
        return None

    def digests(self, text):
        """`(label, text)`: the lock with another spelling of the digest of `archive`."""
        return []
