"""No list of what never to tell anyone.

It stands in `prepare.yaml` under `never` and is shown at each hand-off, where people are about to talk to strangers. Both
languages need it.

Bad:
    never: {zh: [], en: []}

Good:
    never:
      zh: ["登录密码、支付密码", "短信验证码，谁要都不给"]
      en: ["Passwords for logging in and for paying", "Codes sent by text message, whoever asks"]
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.subject import LANGS, Finding, PackSubject
from walletdoc.text import Text

ZH = """没有写“哪些绝不能告诉别人”。

它写在 `prepare.yaml` 的 `never` 里，每次转交时显示，那时用户正要跟陌生人说话。两种语言都要有。
"""
SEVERITY = Severity.ERROR


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find that nothing is said of what never to tell."""
    never = pack.library.registries.never
    missing = [lang for lang in LANGS if not any(each.strip() for each in never.of(lang))]
    if missing and "prepare.yaml" in pack.registries:
        shown = ", ".join(missing)
        text = Text(
            zh=f"“never”里没有写绝不能告诉别人的东西（{shown}）", en=f"'never' lists nothing never to tell ({shown})"
        )
        yield "prepare.yaml", Finding(("never",), text, of_key=True)
