"""Debian's azure-cli 2.45 with Debian's newer azure-mgmt-authorization.

The command modules read `config` of the operation groups, which the library has renamed `_config`; so every
`az role` command ends with "'RoleDefinitionsOperations' object has no attribute 'config'", whatever cloud it
is used with. Python runs a module of this name before the program: it gives the groups their old name back, and
changes nothing of az itself.
"""

import importlib.abc
import importlib.util
import sys


class _WithConfig(importlib.abc.Loader):
    def __init__(self, loader):
        self._loader = loader

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._loader.exec_module(module)
        for value in vars(module).values():
            if isinstance(value, type) and not hasattr(value, "config"):
                value.config = property(lambda group: group._config)


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, fullname, path=None, target=None):
        if not (fullname.startswith("azure.mgmt.authorization.") and fullname.endswith(".operations")):
            return None
        sys.meta_path.remove(self)
        try:
            spec = importlib.util.find_spec(fullname)
        finally:
            sys.meta_path.insert(0, self)
        if spec is not None:
            spec.loader = _WithConfig(spec.loader)
        return spec


sys.meta_path.insert(0, _Finder())
