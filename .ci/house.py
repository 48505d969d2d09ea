"""How many doors the house has: files, lines and double names of src/, and that they grow no more.

Class names that stand twice make a reader look in the wrong place; a name in `DOUBLE` has stood so
from before and is to go.
"""

import ast
import sys
from collections import Counter
from pathlib import Path

MOST_FILES, MOST_PER_1000 = 213, 5.5
DOUBLE = {
    "Asked",
    "Column",
    "Facts",
    "Gain",
    "Group",
    "Kind",
    "Opening",
    "Option",
    "Outcome",
    "Pool",
    "Prices",
    "Sheet",
    "Slot",
    "Stay",
    "Table",
    "TeamDay",
    "Tour",
    "Turns",
    "Variables",
    "_Reader",
    "_Run",
}


def main() -> int:
    """Print the figures; 1 where one has grown."""
    files = sorted(Path("src").rglob("*.py"))
    texts = [file.read_text(encoding="utf-8") for file in files]
    lines = sum(len(text.splitlines()) for text in texts)
    classes = Counter(
        node.name
        for text in texts
        for node in ast.parse(text).body
        if isinstance(node, ast.ClassDef)
    )
    double = {name for name, count in classes.items() if count > 1}
    names = Counter(file.name for file in files if file.name != "__init__.py")
    thrice = sorted(name for name, count in names.items() if count > 2)
    per_1000 = 1000 * len(files) / lines
    print(f"{len(files)} files, {lines:,} lines, {per_1000:.2f} files per 1,000 lines")
    print(f"class names that stand twice: {', '.join(sorted(double)) or 'none'}")
    print(f"file names that stand thrice: {', '.join(thrice) or 'none'}")
    grown = len(files) > MOST_FILES or per_1000 > MOST_PER_1000 or thrice or not double <= DOUBLE
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main())
