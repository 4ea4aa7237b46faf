"""worlds, new, check, schema: a stranger finds a world, makes it their own, breaks it and is told where."""

import json
from pathlib import Path

from scenarios.reader import shipped_shocks, shipped_worlds
from tests.cli.typed import called, names, typed


def test_worlds_lists_what_ships(tmp_path: Path) -> None:
    answer = called(tmp_path, "worlds")
    assert answer.code == 0
    for name, title in (*shipped_worlds(), *shipped_shocks()):
        assert name in answer.out
        assert title in answer.out


def test_a_new_world_can_be_checked_edited_and_broken(tmp_path: Path) -> None:
    made = typed(tmp_path, "new", "my-shop", "--from", "apparel-by-air")
    assert (made.code, made.out) == (0, "my-shop/apparel-by-air.toml\n")
    assert "stocktide compare my-shop/apparel-by-air.toml" in made.err
    file = tmp_path / "my-shop" / "apparel-by-air.toml"
    written = file.read_text(encoding="utf-8")

    file.write_text(written.replace("mean = 20", "mean = 25"), encoding="utf-8")
    good = called(tmp_path, "check", "my-shop/apparel-by-air.toml")
    assert good.code == 0
    assert good.out.startswith("my-shop/apparel-by-air.toml: fine: Apparel by air")

    file.write_text(written.replace("mean = 20", "maen = 20").replace("seed = 400", "seed = -1"), encoding="utf-8")
    seed, mean = (written[: written.index(key)].count("\n") + 1 for key in ("seed =", "mean = 20"))
    bad = called(tmp_path, "check", "gift-shop", "my-shop/apparel-by-air.toml")
    assert bad.code == 3
    assert bad.out.startswith("gift-shop: fine")
    assert f"error: my-shop/apparel-by-air.toml:{seed}: seed: -1" in bad.err
    assert f"my-shop/apparel-by-air.toml:{mean}: market.shop.demand.TEE-BLACK.organic.maen: unknown key" in bad.err
    assert "did you mean 'mean'?" in bad.err


def test_a_new_world_brings_the_files_it_names(tmp_path: Path) -> None:
    assert called(tmp_path, "new", "deep/shop", "--from", "gift-shop-bootstrap").code == 0
    assert called(tmp_path, "check", "deep/shop/gift-shop-bootstrap.toml").code == 0


def test_a_new_world_may_be_told_in_chinese(tmp_path: Path) -> None:
    made = called(tmp_path, "new", "shop", "--from", "gift-shop-bootstrap", "--lang", "zh")
    assert made.code == 0
    assert made.err == "改好后运行：stocktide compare shop/gift-shop-bootstrap.toml --lang zh\n"
    assert called(tmp_path, "check", *made.out.splitlines()[:2]).out.count(": fine: 礼品店") == 2
    assert called(tmp_path, "new", "other", "--from", "gift-shop", "--lang", "fr").code == 2


def test_new_leaves_what_is_there_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "file").write_text("kept")
    for name, why in (("mine", "exists already"), ("file", "exists already"), ("file/in", "Not a directory")):
        answer = called(tmp_path, "new", name)
        assert answer.code == 2
        assert why in answer.err
    assert names(tmp_path) == ["file", "mine"]


def test_the_schema_is_json(tmp_path: Path) -> None:
    answer = called(tmp_path, "schema")
    assert answer.code == 0
    assert json.loads(answer.out)["title"] == "Stocktide scenario"
