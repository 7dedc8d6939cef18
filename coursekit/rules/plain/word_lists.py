"""Words by which :mod:`coursekit.rules.plain.verbs` tells a verb from a noun or a participle."""


def _words(text):
    return frozenset(text.split())


AUXILIARIES = _words("""
    am is are was were has had does did can could may might must shall should will would cannot
    isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't can't couldn't won't
    wouldn't shouldn't mustn't let's""")
BARE = _words("be do have let")  # finite, unless "to" stands before them
PAST = _words("""
    ate arose became began blew bore broke came chose drew drove fell flew forgot froze gave went
    grew hid knew lay overcame ran rang rode rose said sang sank saw shook shrank sold spoke stole
    stood swam swore sprang thought threw took told tore undertook understood woke wore withdrew
    wrote felt got sat slept""")  # hardly ever a participle
EITHER = _words("""
    bent bet bound bought brought built burnt cast caught cost cut dealt dug fed fought found held
    heard hit hurt kept laid learnt led left lent let lit lost made meant met misled paid put read
    rebuilt reread retold sent set shed shot shut slid spent split spread stuck struck swept swung
    taught won wound""")  # past or participle, as words in -ed are
ALONE = (
    _words("""
    abstain act agree appear apply arrive climb collapse cost crash decay decide decline depend
    decrease die differ disagree disappear double drift drop end exist fade fail fire happen
    halve help improve increase last lead learn listen live look matter move occur pass range react
    rely remain reply respond result return seem serve shrink sleep slip stand start stay stop
    succeed suffer survive triple turn vanish vary vote wait walk weigh win work""")
)  # verbs that need no object
VERBAL = _words("""
    covers doubles falls fits halves holds leads leaves likes looks lowers matters means needs
    opens passes reaches reads rests rises shows sounds stands starts stays stops supports turns
    waits wins works""")  # in -s, and hardly ever a plural
FIRM = _words("count differ end fall fit hold pass reach rise stand start stay stop win work")
SUBJECTS = _words("""
    i we you he she it they nobody somebody everybody nothing something everything anybody anyone
    someone everyone""")
RELATIVES = _words("that which who")
PLURALS = _words("both many few most some those these all people data women men children")
ARTICLES = _words("the a an its our your their his her my no this every fewer")
NUMBERS = _words("""
    one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty
    fifty sixty seventy eighty ninety hundred thousand million half""")
OBJECTS = NUMBERS | _words("""
    the a an its our your their his her my this that these those no every each all both any some
    it them us you him me itself themselves how what whether why which who whom where when nothing
    everything something nobody more most less least enough neither much many few several only""")
PREPOSITIONS = _words("""
    about above across after against along among around at before behind below beside between
    beyond by despite down during except for from in inside into like near of off on onto out over
    past per since through toward towards under until up upon with within without""")
JOINERS = _words("to as than and or nor but if because although though while so")
ADJECTIVES = _words("""
    new old good bad better best worse worst small large big high low first second third last next
    other same such own right wrong real true false short long early late simple single average
    final main free clear open close full empty equal own different larger smaller higher lower
    ordinary fresh false plain thin""")
OPENERS = _words("""
    and but or so then now next first second third therefore thus also please never always again
    instead tonight today tomorrow yet still only just finally not either rather better""")
TITLES = _words("""
    age bank bottom case cause chance charge cost credit date default doubt end estimate fall
    figure flow forecast form gain group half head image interview issue labor lack letter level
    light limit line loan luck market mistake model money need number page pair part point power
    practice price profit question rate reason reply result risk row rule sample sense series share
    side size sort sound source space state store stress stuff style summer support table task term
    text time top total type value view wage word work""")  # open a title more often than an order
