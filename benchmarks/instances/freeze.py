"""Write the frozen instances anew: `python -m benchmarks.instances.freeze`.

The files only change when a spec or the generator does. A changed instance is another instance: what was known of it
no longer counts (see `best_known`).
"""

from __future__ import annotations

import sys
from pathlib import Path

from .document import text_of
from .generator import scenario_of
from .planted import plant
from .specs import SPECS, Spec

FOLDER = Path(__file__).parent / "frozen"


def frozen_text(spec: Spec) -> str:
    """The file of a spec: what is hard, what it is made of, and the scenario."""
    raw = plant(spec.knobs, spec.seed).scenario if spec.planted else scenario_of(spec.knobs, spec.seed)
    origin = f"Made by benchmarks/instances/{'planted' if spec.planted else 'generator'}.py with seed {spec.seed} and"
    expect = "a plan without a missing send exists, around which this was built." if spec.planted else "a plan exists."
    return text_of(raw, [f"Hard about it: {spec.hard}", f"Known: {expect}", f"{origin} {spec.knobs.told()}."])


def main() -> None:
    """Rewrite the folder."""
    texts = {f"{spec.name}.yaml": frozen_text(spec) for spec in SPECS}
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.yaml"):
        path.unlink()
    for name, text in texts.items():
        (FOLDER / name).write_text(text, "utf-8", newline="\n")
    sys.stdout.write(f"{len(texts)} instances in {FOLDER}\n")


if __name__ == "__main__":
    main()
