"""Templates of an app lead to its own pages and to those of lower apps; pages of several apps are the shell's."""

import re

from tests.architecture.sources import APPS, ROOT

ADDRESS = re.compile(r"""\{%\s*url\s+["'](\w+):""")


def test_templates_lead_down():
    upward = []
    for app in APPS[:-1]:
        for path in sorted((ROOT / "templates" / app).rglob("*.html")):
            for target in ADDRESS.findall(path.read_text(encoding="utf-8")):
                # The shell is everywhere: sign-in, workbench and the like frame every page.
                if target in APPS[:-1] and APPS.index(target) > APPS.index(app):
                    upward.append(f"{path.relative_to(ROOT)} leads to {target}")
    assert not upward, "\n".join(upward)
