"""The portal's own modules, read as text: what each imports, and where."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("hubportal", "schools", "engagement", "smdp", "reports")


@dataclass(frozen=True)
class Module:
    name: str
    path: Path
    tree: ast.Module

    @property
    def where(self) -> str:
        return str(self.path.relative_to(ROOT))

    def imports(self) -> set[str]:
        """Dotted names of everything it imports, at any depth: `from a.b import c` gives `a.b.c` and `a.b`. What stands
        under `if TYPE_CHECKING:` is for the type checker, and is not imported."""
        found: set[str] = set()
        package = self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]
        skipped = {
            id(inner)
            for block in ast.walk(self.tree)
            if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
            for statement in block.body
            for inner in ast.walk(statement)
        }
        for node in ast.walk(self.tree):
            if id(node) in skipped:
                continue
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                base = node.module or ""
                if node.level:
                    parents = package.split(".")[: len(package.split(".")) - node.level + 1]
                    base = ".".join([*parents, base] if base else parents)
                found |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
        return found


@cache
def modules(with_migrations: bool = False) -> tuple[Module, ...]:
    found = []
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" in path.parts and not with_migrations:
                continue
            dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            found.append(Module(dotted, path, ast.parse(path.read_text())))
    return tuple(found)


@cache
def names() -> frozenset[str]:
    return frozenset(module.name for module in modules())


@cache
def own_imports(module: Module) -> frozenset[str]:
    """The portal's own modules that it imports, the deepest that exist."""
    found = set()
    for name in module.imports():
        while name and name not in names():
            name = name.rpartition(".")[0]
        if name:
            found.add(name)
    # `from a.b import c` names both; keep the package only where nothing inside it was meant.
    deepest = (name for name in found if not any(other.startswith(f"{name}.") for other in found))
    return frozenset(deepest) - {module.name}
