"""Who may import whom is written in pyproject.toml; here it is only asked."""

import subprocess
import sys

from tests.architecture.sources import ROOT


def test_imports_keep_their_contracts():
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
