"""What the petitions of the bench say: words that are common, rare and single, so that a search has all to look for.

One subject is that of eight in a hundred, 212 of a million tell of badgers, and one of an ibis.
"""

from __future__ import annotations

COMMON = "占道经营无人管"
SUBJECTS = """
路灯不亮影响出行 路面破损坑洼不平 夜间施工噪音扰民 垃圾清运不及时 自来水压力不足 下水道堵塞返味
拖欠工资要求支付 树枝遮挡信号灯 违章搭建影响采光 暖气温度不达标 井盖缺失有危险
"""
DETAILS = """
已经持续半个多月，多次反映没有结果。 老人和孩子经过时容易摔倒。 希望尽快派人到现场查看。 晚上十点以后最严重。
楼上楼下的住户都有意见。 之前处理过一次，最近又出现。 雨天积水，车辆无法通行。 请有关部门尽快修复。
物业说不归他们管。 周围商户也受到影响。 有视频和照片可以提供。 请电话联系我说明情况。
"""
STREETS = "承水路 坛山中路 峄州大道 仙坛路 解放北路 跃进西路 福兴街 榴园路 科达路 宏学路 吴林街"


def _nth(said: str, number: str) -> str:
    """The SQL that picks one of what is said by a number."""
    words = said.split()
    listed = "','".join(words)
    return f"(ARRAY['{listed}'])[(1 + ({number}) %% {len(words)})::int]"


# Of the petition with the number g; percent signs doubled, as parameters follow.
TITLE = f"(CASE WHEN g %% 100 < 8 THEN '{COMMON}' ELSE {_nth(SUBJECTS, 'g / 7 + g * 31')} END) || ' ' || g"
DESCRIPTION = f"""{_nth(DETAILS, "g / 11 + g * 17")} || '编号 ' || g ||
  CASE WHEN g %% 4717 = 0 THEN '，附近发现獾洞。' WHEN g = 777777 THEN '，有人看见朱鹮。' ELSE '' END"""
ADDRESS = f"""'峄城区' || {_nth(STREETS, "g / 5")} || g %% 500 || '号'"""
