"""The press: reads a paper as JSON, writes the PDF. A program of its own, so that it can be stopped and never stops us.

Called as `python run.py TEMPLATE FONTS TIMESTAMP`; what was typed by people comes in as data and is never markup.
"""

import resource
import sys

import typst

CPU_SECONDS = 20


def main() -> None:
    """Read, set, write. An error of the template ends with a trace and a code other than 0."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    template, fonts, timestamp = sys.argv[1:4]
    paper = sys.stdin.buffer.read().decode()
    printed = typst.compile(
        template,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]),
        ignore_system_fonts=True,
        sys_inputs={"paper": paper},
        format="pdf",
        timestamp=int(timestamp),
    )
    sys.stdout.buffer.write(printed)


if __name__ == "__main__":
    main()
