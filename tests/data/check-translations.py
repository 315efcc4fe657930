#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every file with words for people is in POTFILES.in, and each translation in LINGUAS has all of them."""
import gettext
import pathlib
import re
import subprocess
import sys
import tempfile

from tap import report

CALL = re.compile(r"\b(?:_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dpgettext2?)\s*\(\s*\"")
MARKED = re.compile(r"translatable=\"(?:yes|true|1)\"|gettext-domain=|^Name=|<metadata_license>", re.MULTILINE)
# What may stand before a colon in a search, and what says so.
OPERATORS = ("from", "in", "before", "after", "has")
HINTS = "Type words, or "
UNFINISHED = re.compile(r"(\d+) (fuzzy|untranslated)")


def entries(path):
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


def has_words(path):
    if path.suffix in (".c", ".h"):
        return CALL.search(path.read_text(encoding="utf-8"))
    if path.name.endswith((".ui", ".gschema.xml", ".desktop.in", ".metainfo.xml.in")):
        return MARKED.search(path.read_text(encoding="utf-8"))
    return None


def compare_potfiles(root):
    listed = set(entries(root / "po" / "POTFILES.in"))
    found = {p.relative_to(root).as_posix() for folder in ("src", "data") for p in (root / folder).rglob("*")
             if p.is_file() and has_words(p)}
    yield from (f"{name} is missing in po/POTFILES.in" for name in sorted(found - listed))
    yield from (f"{name} in po/POTFILES.in is not there" for name in sorted(listed) if not (root / name).is_file())


def template(root, folder):
    """Extract what the sources say now: a catalogue is complete against this, not against what it was made from."""
    pot = pathlib.Path(folder) / "enfilade.pot"
    options = ["--from-code=UTF-8", "--keyword=_", "--keyword=N_", "--keyword=C_:1c,2", "--keyword=NC_:1c,2",
               "--keyword=g_dngettext:2,3", "--add-comments"]
    subprocess.run(["xgettext", *options, "--files-from=po/POTFILES.in", f"--output={pot}"], cwd=root, check=True,
                   capture_output=True)
    return pot


def unfinished(root, pot, language):
    po = root / "po" / f"{language}.po"
    check = subprocess.run(["msgfmt", "--check", "--output-file=/dev/null", str(po)], capture_output=True, text=True)
    if check.returncode:
        yield check.stderr
        return
    merged = pot.with_name(f"{language}.po")
    subprocess.run(["msgmerge", "--quiet", "--no-fuzzy-matching", f"--output-file={merged}", str(po), str(pot)], check=True)
    counts = subprocess.run(["msgfmt", "--statistics", "--output-file=/dev/null", str(merged)], capture_output=True, text=True,
                            env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}).stderr
    if UNFINISHED.search(counts):
        left = subprocess.run(["msgattrib", "--untranslated", "--no-obsolete", "--no-wrap", str(merged)], capture_output=True, text=True)
        yield f"{language}: {counts}; ./dev po brings the catalogue up to date"
        yield from (line for line in left.stdout.splitlines() if line.startswith(("#:", "msgid")) and line != 'msgid ""')


def unknown_operators(root, folder, language):
    """What the help of the search tells a person to type has to be what the search understands."""
    compiled = pathlib.Path(folder) / f"{language}.mo"
    subprocess.run(["msgfmt", f"--output-file={compiled}", str(root / "po" / f"{language}.po")], check=True)
    with open(compiled, "rb") as stream:
        catalogue = gettext.GNUTranslations(stream)
    # The catalogue gives each message by what it translates.
    hints = next(catalogue.gettext(said) for said in catalogue._catalog if isinstance(said, str) and said.startswith(HINTS))
    for operator in OPERATORS:
        translated = catalogue.pgettext("search operator", operator)
        if f"<b>{translated}:" not in hints:
            yield f"{language}: the help of the search does not name “{translated}:”"
    link = f"<b>{catalogue.pgettext('search operator', 'has')}:{catalogue.pgettext('search operator', 'link')}</b>"
    if link not in hints:
        yield f"{language}: the help of the search does not name “{link}”"


def main(root):
    root = pathlib.Path(root)
    checks = [("POTFILES.in lists each file with words", list(compare_potfiles(root)))]
    with tempfile.TemporaryDirectory() as folder:
        pot = template(root, folder)
        for language in entries(root / "po" / "LINGUAS"):
            checks.append((f"{language} is complete", list(unfinished(root, pot, language))))
            checks.append((f"{language} names the operators of a search as they are", list(unknown_operators(root, folder, language))))
    report(checks)


main(*sys.argv[1:])
