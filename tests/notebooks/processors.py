"""Other processors, simulated on this one: the instructions that OpenBLAS, numpy and the C library
may use.

A processor can simulate older ones. Asked for newer instructions than it has it would stop, so
:func:`refused` tries first, and :func:`simulated` asks a kernel what is really in use.
"""

import functools
import itertools
import os
import subprocess
import sys

from tests.notebooks.running import LABS, nbval

ENVIRONMENTS = {
    "SkylakeX": {"OPENBLAS_CORETYPE": "SkylakeX"},  # AVX-512, servers since 2017
    "Haswell": {  # AVX2 and fused multiply-add, most laptops, AMD
        "OPENBLAS_CORETYPE": "Haswell",
        "NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SPR",
        "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX512F",
    },
    "Sandybridge": {  # neither, before 2013
        "OPENBLAS_CORETYPE": "Sandybridge",
        "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
        "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F",
    },
}
# Where each lab runs as a learner's in test_notebooks; None is this processor.
TURN = dict(zip(LABS, itertools.cycle([None, *ENVIRONMENTS])))

# numpy and scipy each bring an OpenBLAS of their own.
KERNELS = """
import numpy, scipy.linalg, threadpoolctl
found = [i for i in threadpoolctl.threadpool_info() if i["internal_api"] == "openblas"]
kernels = sorted({i["architecture"] for i in found})
"""
MULTIPLY = """
rows = numpy.random.default_rng(0).normal(size=(300, 300))
scipy.linalg.svd(rows @ rows.T)
print(*kernels)
"""


def simulated(name, path, folder, threads=1, python=sys.executable):
    """Run a notebook as ``running.nbval`` does, on a simulated processor, and see that it was."""
    kernels, first = folder / "kernels.txt", folder / "first.py"
    report = f"{KERNELS}open({str(kernels)!r}, 'w', encoding='utf-8').write(' '.join(kernels))"
    first.write_text(report, encoding="utf-8")
    ran = nbval(path, folder, threads, python, ENVIRONMENTS[name], first)
    used = kernels.read_text(encoding="utf-8")
    assert used == name, f"the notebook ran with OpenBLAS kernels {used}, which proves nothing"
    return ran


@functools.cache
def refused(name):
    """Why this processor cannot simulate another one; None if it can."""
    done = subprocess.run(
        [sys.executable, "-c", KERNELS + MULTIPLY],
        env=os.environ | ENVIRONMENTS[name],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if done.returncode < 0:
        return f"it lacks the instructions of {name}"
    if done.returncode:
        return f"numpy does not start: {done.stderr.strip().splitlines()[-1]}"
    used = done.stdout.strip()
    return None if used == name else f"OpenBLAS uses {used or 'no kernel'} in place of {name}"
