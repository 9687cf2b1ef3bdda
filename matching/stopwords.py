"""Words that carry grammar and no subject, per language.

They are left out of every comparison, and a vote over them tells the language of a text. The
lists are written with accents; both forms, with and without, are recognised. Words that a notice
of need or a sales text always uses ("necesita", "plataforma") are not here: their weight is left to
how often the catalogue uses them.
"""

from collections.abc import Mapping

from matching.words import fold

_SPANISH = """
a al algo algún alguna algunas alguno algunos allá allí ambos ante antes aquel aquella aquellas
aquello aquellos aquí así aun aún aunque bajo bien cada casi como cómo con contra cual cuál cuales
cualquier cualquiera cuando cuándo cuanto cuánto cuyo cuya cuyos cuyas de del desde donde dónde dos
durante e el él ella ellas ello ellos en entonces entre era eran eres es esa esas ese eso esos esta
está estaba estaban están estar estas estás este esto estos estoy fue fuera fueron ha había habían
haber hace hacen hacer hacia han hasta hay haya he hemos hoy incluso incluye incluyendo ir jamás
junto la las le les lo los luego más me mediante menos mi mientras mis mismo misma mismas mismos
mucha muchas mucho muchos muy nada ni ningún ninguna ninguno no nos nosotros nuestra nuestras
nuestro nuestros nunca o os otra otras otro otros para pero poca poco pocos podemos poder por porque
posible pueda puede pueden pues que qué quien quién quienes sea sean según ser será serán si sí sido
siempre siendo sin sino sobre sólo solo somos son su sus tal tales también tampoco tan tanta tanto
tantos te tener tenemos tenía ti tiene tienen toda todas todavía todo todos tras tu tú tus un una
unas uno unos usted ustedes va vamos van varias varios vez veces ya y yo además ahora alguien
cuantos cuantas demás embargo esté estén estamos estando estemos etc haga hagan hacerlo nadie puedo
puedan podrá podrán podría podrían podríamos pudo quiere quieren se seamos sería serían siguen sigue
solamente suele suelen tenga tengan tendrá través tuvo
"""

_PORTUGUESE = """
a à ainda algo algum alguma algumas alguns ali além ambos ante antes ao aos após aquela aquelas
aquele aqueles aqui aquilo as às assim até bem cada com como conforme contra cujo cuja cujos cujas
da das de dela delas dele deles depois desde dessa dessas desse desses desta destas deste destes
deve devem disso do dois dos duas durante e é ela elas ele eles em enquanto então entre era eram
essa essas esse esses esta está estamos estão estar estas estava estavam este estes estou eu faz
fazem fazer foi for foram há isso isto já jamais junto lá lhe lhes lo mais mas me menos mesma mesmas
mesmo mesmos meu meus minha muita muitas muito muitos na nada não nas nem nenhum nenhuma nessa nesse
nesta neste no nos nós nossa nossas nosso nossos num numa nunca o onde os ou outra outras outro
outros para pela pelas pelo pelos per pode podem poder pois por porém porque pouca pouco poucos
própria próprio quais qual qualquer quando quanto que quê quem se seja sejam sem sempre sendo ser
será serão seu seus si sido sim só sob sobre somos sua suas são também tal tanto te tem têm temos
tendo ter teu tinha toda todas todo todos tu tua tudo um uma umas uns vai vamos vão vários várias
vez vezes você vocês através agora alguém apesar apenas demais entretanto estando esteja estejam etc
faça façam fazê los las ninguém possa possam possamos podemos poderá poderia poderiam podíamos quase
querem quer seria seriam serem sejamos tão tenha tenham terá vem vêm
"""

_ENGLISH = """
a about above across after again against all almost along already also although always am among an
and another any anyone anything are around as at be became because become been before being below
between both but by can cannot could did do does doing done down during each either else enough etc
even ever every everyone everything few for from further get gets give given go had has have having
he hence her here hers herself him himself his how however i if in indeed instead into is it its
itself just last least less let like made make makes making many may me might more moreover most
much must my myself neither never next no nobody none nor not nothing now of off often on once one
only onto or other others otherwise our ours ourselves out over own per perhaps please quite rather
same see seem seems several shall she should since so some something sometimes still such than that
the their theirs them themselves then there therefore these they thing things this those though
through throughout thus to together too toward towards two under until up upon us very via was way
we well were what whatever when where whether which while who whoever whole whom whose why will with
within without would yet you your yours yourself aren couldn didn doesn don eg hadn hasn haven ie
isn ll re shouldn someone somebody ve wasn weren won wouldn
"""

LANGUAGES = ("es", "pt", "en")
"""The languages the library reads; the first is taken when nothing tells."""


def _both_forms(block: str) -> frozenset[str]:
    listed = block.split()
    return frozenset(listed) | frozenset(fold(word) for word in listed)


STOP_WORDS: Mapping[str, frozenset[str]] = {
    "es": _both_forms(_SPANISH),
    "pt": _both_forms(_PORTUGUESE),
    "en": _both_forms(_ENGLISH),
}
