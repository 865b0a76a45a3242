"""Shop names, labels and offers that the demo's officers report; written by hand, truth with each.

As in `brands.py`, the brands are real and everything else is made up. `None` as kind marks a text
that is like at first sight and names nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

from zhixing.demo.brands import Plant


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as it was seen: what it is, where, and which brand it rides on."""

    kind: str
    text: str
    where: str
    brand: str
    likeness: str | None

    @property
    def plant(self) -> Plant:
        """The truth about it, in the shape the scoring knows."""
        return Plant(self.brand, self.text, self.likeness)


SEEN: tuple[Seen, ...] = (
    Seen("shop", "康帅傅牛肉面馆", "江口镇农贸市场", "康师傅", "shape"),
    Seen("shop", "老于妈川菜馆", "石桥镇中心街 18 号", "老干妈", "shape"),
    Seen("shop", "百雀玲化妆品店", "中山路街道 66 号", "百雀羚", "shape+sound"),
    Seen("shop", "平安小吃店", "青山镇车站旁", "康师傅", None),
    Seen(
        "label", "品牌:王佬吉\n凉茶植物饮料 310ml\n香港王佬吉国际集团 监制",
        "柳林乡供销店", "王老吉", "shape+sound",
    ),
    Seen(
        "label", "品名:五良液酒\n出品方:香港五良液酒业集团\n净含量:500ml",
        "茶亭镇批发部", "五粮液", "shape+sound",
    ),
    Seen(
        "label", "商标:金龙渔 食用调和油 5L\n生产商:示范市平安粮油厂",
        "马头镇超市", "金龙鱼", "shape+sound",
    ),
    Seen(
        "label", "品名:东北大米 10kg\n生产商:示范市恒泰粮油有限公司",
        "渡口乡粮店", "五常大米", None,
    ),
    Seen("listing", "【蓝月壳】洗衣液 3kg 家庭装 包邮", "网店“洁净日用”", "蓝月亮", "shape"),
    Seen("listing", "正品七匹狠男士夹克 秋季新款", "网店“男装特卖”", "七匹狼", "shape"),
    Seen("listing", "NIIKE 运动鞋 男女同款", "网店“跑步一族”", "NIKE", "latin"),
    Seen("listing", "加厚纯棉毛巾 三条装", "网店“家纺直销”", "三棵树", None),
)  # fmt: skip
