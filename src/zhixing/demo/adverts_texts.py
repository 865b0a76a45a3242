"""Advertisements of the demo: claims that break a rule, lawful ones that come near, disguises.

Brands and firms are made up. Written for the demo and never tuned on; `[…]` marks the words that
break the rule.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that breaks one rule: family, product category, words with spans in brackets."""

    family: str
    category: str
    words: str


CLAIMS = tuple(
    Claim(*row)
    for row in (
        ("ABSOLUTE_TERM", "general", "{brand}净水器,[全国销量第一],今日到店试饮"),
        ("ABSOLUTE_TERM", "general", "{brand}门窗,选材讲究,做工[顶级]"),
        ("ABSOLUTE_TERM", "food", "{brand}香醋,[国家级]酿造品质,拌菜更香"),
        ("ABSOLUTE_TERM", "cosmetics", "{brand}面霜,[全网最低价],拍下即发"),
        ("ABSOLUTE_TERM", "realestate", "{brand}府,[独一无二]的江景,样板间开放"),
        ("STATE_ORGAN", "food", "{brand}白茶,[国家机关特供],礼盒装"),
        ("MINOR_HARM", "general", "{brand}卡牌到货,[快让爸爸妈妈给你买]"),
        ("VULGAR_SUPERSTITION", "general", "{brand}手串,[大师开光],[转运招财]"),
        ("DISCRIMINATION", "general", "{brand}工厂招工,[外地人勿扰]"),
        ("PUBLIC_MORALS", "medical_beauty", "{brand}医美,[单眼皮就是丑],快来改变"),
        ("PATENT", "general", "{brand}保温杯,[专利产品],锁温十二小时"),
        ("DISPARAGE", "general", "{brand}空调,[别的牌子都是杂牌货],买就买{brand}"),
        ("CITATION_SOURCE", "cosmetics", "{brand}精华,[98%的用户表示有效],补水不粘"),
        ("UNCLEAR_OFFER", "general", "{brand}家具城,[买就送大礼],周末专场"),
        ("MED_EFFICACY_GUARANTEE", "drug", "{brand}胶囊,[保证根治]胃痛,[无任何副作用]"),
        ("MED_CURE_RATE", "medical", "{brand}中医馆,颈椎病[治愈率98%]"),
        ("MED_COMPARISON", "drug", "{brand}片,[比其他同类药见效更快]"),
        ("MED_ENDORSEMENT", "device", "{brand}理疗仪,[老教授推荐],[患者王大妈用了说好]"),
        ("MED_OTHER", "drug", "{brand}颗粒,[无效退款],[家庭必备]"),
        ("MED_TERM_NONMED", "food", "{brand}红薯粉,常吃[降血糖],[治疗糖尿病]"),
        ("MED_TERM_NONMED", "cosmetics", "{brand}皂,[消炎杀菌],[治疗湿疹]"),
        ("MED_TERM_NONMED", "general", "{brand}床垫,[治疗腰椎间盘突出]"),
        ("FOOD_HEALTH_FUNCTION", "food", "{brand}黑米,[增强免疫力],老少皆宜"),
        ("HF_EFFICACY_GUARANTEE", "health_food", "{brand}钙片,[保证三天见效]"),
        ("HF_DISEASE", "health_food", "{brand}鱼油软胶囊,[预防心脑血管疾病]"),
        ("HF_NECESSITY", "health_food", "{brand}蛋白粉,[不吃就会缺营养,人人必需]"),
        ("HF_COMPARISON", "health_food", "{brand}口服液,[效果胜过药物]"),
        ("HF_ENDORSEMENT", "health_food", "{brand}氨糖,[专家联名推荐],[老王吃了一个月膝盖不疼了]"),
        ("BREASTMILK_SUB", "infant_food", "{brand}奶粉,[堪比母乳],宝宝爱喝"),
        ("AGRI_VET", "agri", "{brand}杀虫剂,[杀虫率100%],[无毒无害]"),
        ("TOBACCO", "tobacco", "{brand}[电子烟]新口味上市,到店试抽"),
        ("ALCOHOL", "alcohol", "{brand}老窖,[喝了消愁解闷],[一口闷才痛快]"),
        ("EDU_GUARANTEE", "education", "{brand}教育,[保过],[不过全额退款]"),
        ("EDU_EXAMINER", "education", "{brand}考研班,[命题组老师亲自授课]"),
        ("EDU_ENDORSEMENT", "education", "{brand}英语,[学员小李两个月考上名校的亲身见证]"),
        ("INVEST_GUARANTEE", "finance", "{brand}理财,[保本保息],[年化收益12%稳赚不赔]"),
        ("INVEST_ENDORSEMENT", "finance", "{brand}基金,[著名经济学家力荐]"),
        ("RE_RETURN", "realestate", "{brand}公寓,[买到就是赚到,三年翻一番]"),
        ("RE_TIME_DISTANCE", "realestate", "{brand}花园,[距市政府仅10分钟车程]"),
        ("RE_PLANNING", "realestate", "{brand}湾,[规划地铁8号线家门口],[包上重点小学]"),
        ("SEED_BREED", "seed", "{brand}玉米种,[亩产保证两千斤],[包赚钱]"),
        ("MED_EFFICACY_GUARANTEE", "medical", "{brand}骨科,[手术零风险],[彻底治好]腰腿痛"),
    )
)

# Lawful: nothing in them breaks a rule, though many stand near one.
LAWFUL = (
    ("general", "{brand}净水器以旧换新,补贴至月底,详询各门店"),
    ("general", "{brand}空调,新一级能效,制冷面积见产品说明"),
    ("general", "{brand}书店周年庆,全场图书八折,会员再减五元"),
    ("general", "我们力争成为顾客最满意的家电卖场,{brand}电器"),
    ("general", "{brand}物流,第一批货物已于今日发出"),
    ("general", "顾客第一、服务至上,{brand}超市欢迎您"),
    ("general", "{brand}手表,本品牌史上最薄的一款,比上一代薄两毫米"),
    ("general", "{brand}保温杯,实用新型专利,专利号 ZL202320000000.0"),
    ("food", "{brand}橄榄油,特级初榨,配料表仅一项"),
    ("food", "{brand}月饼,最佳赏味期三十天,请冷藏"),
    ("food", "{brand}酱油,古法晒制,家常好味道"),
    ("food", "{brand}面馆开业,前一百名顾客送小菜一份"),
    ("food", "{brand}鲜奶,每日清晨配送,保质期七天"),
    ("food", "{brand}牛肉干,独立包装,旅途零食"),
    ("cosmetics", "{brand}面膜,温和补水,敏感肌请先局部试用"),
    ("cosmetics", "{brand}洗发水,清爽控油,留香持久"),
    ("cosmetics", "{brand}防晒霜,SPF50+,户外请按说明补涂"),
    ("drug", "{brand}感冒颗粒,请按药品说明书或者在药师指导下购买和使用"),
    ("drug", "{brand}药店会员日,非处方药满减,请遵说明书使用"),
    ("medical", "{brand}口腔医院,节假日正常门诊,地址人民路一号"),
    ("health_food", "{brand}钙片,补充钙,本品不能代替药物"),
    ("health_food", "{brand}维生素C,适宜人群见标签,本品不能代替药物"),
    ("education", "{brand}书法班暑期招生,小班授课,可预约试听"),
    ("education", "{brand}编程,课程大纲公开,学习效果因人而异"),
    ("finance", "{brand}银行理财,投资有风险,理财非存款"),
    ("finance", "{brand}基金,过往业绩不预示未来表现,市场有风险"),
    ("realestate", "{brand}花园,距地铁站八百米,建筑面积八十九平方米"),
    ("realestate", "{brand}公馆,样板间仅供参考,以合同约定为准"),
    ("alcohol", "{brand}米酒,过量饮酒有害健康,未成年人请勿饮酒"),
    ("agri", "{brand}有机肥,使用前请阅读标签"),
    ("general", "{brand}汽修,保养套餐明码标价"),
    ("general", "{brand}旅行社,周末两日游报名中"),
)

BRANDS = tuple(
    "禾润 恒芝堂 青柚 百川 云栖 乐途 泽林 锦和 海岚 安禾 晨曦 永固 沐春 宏达 雅筑 星野 佳木 康沐 "
    "和顺 溪谷".split()
)

MEDIA = (
    ("DEMO-M01", "示范日报", "newspaper", "示范市新闻出版局"),
    ("DEMO-M02", "示范晚报", "newspaper", "示范市新闻出版局"),
    ("DEMO-M03", "临江周刊", "magazine", "示范市新闻出版局"),
    ("DEMO-M04", "示范电视台综合频道", "tv", "示范市广播电视局"),
    ("DEMO-M05", "示范电视台生活频道", "tv", "示范市广播电视局"),
    ("DEMO-M06", "长河电视台", "tv", "示范市广播电视局"),
    ("DEMO-M07", "示范交通广播", "radio", "示范市广播电视局"),
    ("DEMO-M08", "示范健康之声", "radio", "示范市广播电视局"),
    ("DEMO-M09", "车站大屏", "outdoor", ""),
    ("DEMO-M10", "人民路灯箱", "outdoor", ""),
    ("DEMO-M11", "示范在线", "website", "示范市委网信办"),
    ("DEMO-M12", "示范生活网", "website", "示范市委网信办"),
    ("DEMO-M13", "掌上示范", "app", "示范市委网信办"),
    ("DEMO-M14", "好物直播间", "live", "示范市委网信办"),
    ("DEMO-M15", "示范美食号", "self_media", "示范市委网信办"),
    ("DEMO-M16", "养生小课堂", "self_media", "示范市委网信办"),
)
