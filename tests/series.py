"""Two years of the example city in one folder, with a target, and one decision that cannot be computed."""

import shutil
from pathlib import Path

VILLE = Path(__file__).parents[1] / "examples" / "ville"
TARGET = '[target]\nbase_year = 2023\nyear = 2030\nchange = "-40"\nsource = "délibération 2024-173"\n'
UNKNOWN = """
[[scenarios]]
name = "Garder les drones plus longtemps"
[[scenarios.levers]]
keep_longer = { equipment = "drone", years = "2" }
"""


def two_years(root: Path) -> Path:
    """Write the folders of 2023 and 2024: the same city, each bought and paid in its own year."""
    for year in (2023, 2024):
        shutil.copytree(VILLE, root / str(year))
    page = root / "2023" / "ghg.toml"
    page.write_text(page.read_text("utf-8").replace("year = 2024", "year = 2023"), "utf-8")
    for file in (root / "2023").glob("*.csv"):
        file.write_text(file.read_text("utf-8").replace("2024-", "2023-"), "utf-8")
    with (root / "2024" / "scenarios.toml").open("a", encoding="utf-8") as scenarios:
        scenarios.write(UNKNOWN)
    (root / "years.toml").write_text(TARGET, "utf-8")
    return root
