"""What pyproject.toml cannot say: records of the labs and dated facts travel in the wheel."""

import shutil
import tempfile
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
SHIPPED = {"evidence": "notebooks/evidence/*.json", "": "book/facts.yml"}


class BuildPy(build_py):
    """Copy them beside ``aipm.course``; in a checkout they are read where they lie."""

    def run(self):
        super().run()
        if self.editable_mode:
            return
        for folder, pattern in SHIPPED.items():
            to = Path(self.build_lib, "aipm", "course", "shipped", folder)
            to.mkdir(parents=True, exist_ok=True)
            for path in ROOT.glob(pattern):
                shutil.copyfile(path, to / path.name)


# Built in a folder of its own, so that no file of an earlier build gets into a wheel.
with tempfile.TemporaryDirectory() as scratch:
    folders = {"build": {"build_base": scratch}, "egg_info": {"egg_base": scratch}}
    setup(cmdclass={"build_py": BuildPy}, options=folders)
