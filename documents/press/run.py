"""The press: reads a paper as JSON, writes the PDF. A program of its own, so that it can be stopped and never stops us.

Called as `python run.py TEMPLATE FONTS TIMESTAMP BYTES`, the last being what it may take of memory. What was typed by
people comes in as data and is never markup.
"""

import resource
import sys

import typst

CPU_SECONDS = 20


def main() -> None:
    """Read, set, write. An error of the template ends with a trace and a code other than 0."""
    template, fonts, timestamp, memory = sys.argv[1:5]
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
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
