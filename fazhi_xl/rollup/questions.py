"""What is asked of the detail, by DuckDB: within a bound of memory, over the files, and without anything from a network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import duckdb

from fazhi_xl.errors import WrongUseError
from fazhi_xl.points import Hundredths, figure
from fazhi_xl.rollup.detail import SUB_POINTS, UNITS

MEMORY = "128MB"
"""How much DuckDB holds; what goes beyond it is put on the disk beside the detail."""
_BATCH = 2_000  # rows
ASPECTS = """
    SELECT 地区序号, 方面序号, sum(应得分) AS 应得分, sum(计分) AS 计分
    FROM 得分点 WHERE 计入排名 AND 计入平均
    GROUP BY ALL ORDER BY ALL
"""
LOSSES = """
    SELECT 得分点序号, any_value(得分点) AS 得分点, any_value(项目) AS 项目,
        count(DISTINCT 地区序号) AS 地区数,
        count(DISTINCT 地区序号) FILTER (失分 > 0) AS 失分地区,
        count(*) AS 单位数, count(*) FILTER (失分 > 0) AS 失分单位,
        sum(应得分) AS 应得分, sum(失分) FILTER (失分 > 0) AS 失分
    FROM 得分点 WHERE 计入排名 AND 计入平均 AND 应得分 > 0
    GROUP BY 得分点序号 HAVING sum(失分) FILTER (失分 > 0) > 0
    ORDER BY 失分 DESC, 得分点序号
"""
KINDS = """
    SELECT min(单位序号) AS 序号, 单位标识, min_by(单位, (地区序号, 单位序号)) AS 单位, count(*) AS 家数,
        count(DISTINCT 地区序号) AS 地区数,
        sum(总分) AS 总分, max(总分) AS 最高, min(总分) AS 最低,
        max_by(地区, (总分, -地区序号)) AS 最高的地区, min_by(地区, (总分, 地区序号)) AS 最低的地区
    FROM 单位 WHERE 计入排名 AND 计入平均 AND 总分 IS NOT NULL
    GROUP BY 单位标识 ORDER BY 序号, 单位标识
"""
DETAIL = """
    WITH 同类 AS (
        SELECT 地区序号, 单位序号, rank() OVER 一类 AS 名次, count(*) OVER (PARTITION BY 单位标识) AS 家数
        FROM 单位 WHERE 计入排名 AND 计入平均 AND 总分 IS NOT NULL
        WINDOW 一类 AS (PARTITION BY 单位标识 ORDER BY 总分 DESC)
    )
    SELECT 地区, 单位.单位序号, 单位, 分组, 口径, 应得分, 得分, 得分率, 折算分, 加分, 减分, 总分,
        单位.名次, 组内名次, 同类.名次 AS 同类名次, 家数 AS 同类家数, 报送, 单位.地区序号
    FROM 单位 LEFT JOIN 同类 USING (地区序号, 单位序号)
    ORDER BY 单位.地区序号, 单位.单位序号
"""


@dataclass(frozen=True, slots=True)
class Questions:
    """A connection to the detail, whose files are the tables 单位 and 得分点."""

    base: duckdb.DuckDBPyConnection

    def rows(self, query: str) -> Iterator[tuple[object, ...]]:
        """Give the rows of a query, a few at a time."""
        found = self.base.cursor().execute(query)
        while batch := found.fetchmany(_BATCH):
            yield from batch

    def count(self, table: str) -> int:
        """Count a table's rows."""
        return int(str(next(self.rows(f"SELECT count(*) FROM {table}"))[0]))  # noqa: S608 - one of the two tables


@contextmanager
def asked(folder: Path, beside: Path) -> Iterator[Questions]:
    """Open the detail in a folder for questions; what goes beyond the memory goes beside. Raises WrongUseError where there is no room."""
    try:
        with _connected(beside) as base:
            for file in (UNITS, SUB_POINTS):
                base.from_parquet(str(folder / file)).create_view(Path(file).stem)
            base.execute("SET lock_configuration = true")
            yield Questions(base)
    except duckdb.Error as error:
        message = f"{folder} 里的明细查询不了,可能是磁盘满了,或文件正被别的程序改动。请检查磁盘空间,再汇总一次。"
        raise WrongUseError(message) from error


def _connected(beside: Path) -> duckdb.DuckDBPyConnection:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "temp_directory": str(beside),
        "threads": 2,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    return duckdb.connect(config=settings)


def hundredths(points: object) -> Hundredths:
    """Give points of the detail in hundredths; of an exact decimal nothing is lost."""
    return figure(Fraction(points if isinstance(points, Decimal) else str(points)) * 100)
