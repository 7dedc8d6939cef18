"""Messages for testing a moderation layer.

The sentences are built, not collected: mild ones, from clean words. Nothing here is a working
attack, and no slur is among the words.
"""

import re

import pandas as pd

from aipm.errors import CourseError

# Words that people use of themselves or of others, from the list of Dixon and others (2018);
# theirs has one more, which is left out here because it is also used as an insult.
TERMS = {
    "orientation": "lesbian, gay, bisexual, lgbt, lgbtq, homosexual, straight, heterosexual",
    "gender": "transgender, trans, male, female, nonbinary",
    "origin": "African, African American, Black, white, European, Hispanic, Latino, Latina,"
    " Latinx, Mexican, Canadian, American, Asian, Indian, Middle Eastern, Chinese, Japanese",
    "religion": "Christian, Muslim, Jewish, Buddhist, Catholic, Protestant, Sikh, Taoist",
    "age": "old, older, young, younger, teenage, millennial, middle-aged, elderly",
    "disability": "blind, deaf, paralyzed",
    "none (neutral)": "tall, busy, careful, local, new, early, patient, friendly, quiet, punctual",
}
HARMLESS = (
    "I am {}.",
    "My brother is {} and sends his love.",
    "From your {} neighbour, for the garden.",
    "We are a {} couple, thank you for the flowers.",
    "Ticket for the {} choir on Friday.",
    "For the book about {} people.",
    "My {} friend told me about your shop.",
    "Fee for the {} sports club.",
    "Do {} customers pay this too?",
    "Happy birthday from your {} aunt.",
)
EXCLUDING = (
    "{} people are not welcome in this house.",
    "Do not rent to {} people again.",
    "I do not want a {} person on my team.",
    "Keep your {} friends away from us.",
)
RUDE = "idiot fool moron loser clown liar coward jerk"
INSULTS = (
    "You are a real {}.",
    "Only a {} would pay this late.",
    "Here is your money, {}.",
    "Everybody at work calls you a {}.",
)
THREATS = (
    "I know where your children go to school.",
    "I will find where you live.",
    "Pay by Friday or your car will burn.",
    "Lock your door tonight, I am coming.",
    "You will be sorry when I see you.",
    "Answer me or your dog disappears.",
    "I am standing outside your window.",
    "Your new address was easy to find.",
    "Last warning before I come round.",
    "Next time you will not walk home.",
    "I have the keys to your flat.",
    "Nobody will hear you.",
    "I watch you every morning at the bus.",
    "Tell the police and you will regret it.",
    "You cannot hide from me.",
    "Pay, or your boss hears everything.",
    "Sleep well while you still can.",
    "Your sister is next.",
    "One call and my friends visit you.",
    "You have until midnight.",
)
EVERYDAY = (
    "Rent for March.",
    "Dinner on Friday, my share.",
    "Thank you for the flowers.",
    "Electricity, second half.",
    "Tickets for the game, shoot me a message.",
    "That gig was sick, here is my part.",
    "Please kill the standing order after this.",
    "Dead tired, sorry for the delay.",
    "The cake was to die for.",
    "Present for the baby shower.",
    "Bloody good curry, thanks.",
    "For the screw driver and the nuts and bolts.",
    "Deposit for the Essex flat.",
    "Hancock and Sons, invoice 12.",
    "Beaver scouts, spring camp.",
    "Two pints and a shot.",
    "Dog food and the vet.",
    "Breast cancer charity run.",
    "Fat quarter bundle and blackcurrant jam.",
    "Damn, I forgot the tax. Here it is.",
)
RELIGIONS = TERMS["religion"].split(", ")
LEET = str.maketrans("aeios", "4310$")
LOOKALIKE = str.maketrans("aceo", "асео")  # Cyrillic letters that look the same
PLAIN = str.maketrans("4310$асео", "aeiosaceo")
DISGUISES = {
    "digits": lambda word: word.translate(LEET),
    "spaces": " ".join,
    "dots": ".".join,
    "doubled": lambda word: "".join(letter * 2 for letter in word),
    "look-alike": lambda word: word.translate(LOOKALIKE),
}


def about_people():
    """Harmless notes and notes that shut people out, one of each sentence for each word.

    Returns
    -------
    pandas.DataFrame
        826 rows. ``group`` (as in ``TERMS``), ``word``, ``harmful``, ``text``.
    """
    rows = [
        {"group": group, "word": word, "harmful": harmful, "text": sentence.format(word)}
        for group, words in TERMS.items()
        for word in words.split(", ")
        for harmful, sentences in ((False, HARMLESS), (True, EXCLUDING))
        for sentence in sentences
    ]
    return pd.DataFrame(rows)


def notes():
    """Notes to go with a payment, harmful ones by clause and harmless ones.

    Returns
    -------
    pandas.DataFrame
        116 harmful notes (``kind`` insult, disguised, threat, excluding) and 510 harmless ones
        (everyday, about people); ``text``, ``harmful``, ``disguise`` (of the disguised, else
        missing).
    """
    insults = [(line.format(word), word) for word in RUDE.split() for line in INSULTS]
    rows = [("insult", text, None) for text, _ in insults]
    for place, (text, word) in enumerate(insults):
        kind = list(DISGUISES)[place % len(DISGUISES)]
        rows.append(("disguised", disguise(text, word, kind), kind))
    people = about_people()
    people = people[people["group"] != "none (neutral)"]
    shut_out = people[people["harmful"] & people["word"].isin(RELIGIONS)]
    rows += [("threat", text, None) for text in THREATS]
    rows += [("excluding", text, None) for text in shut_out["text"]]
    rows += [("everyday", text, None) for text in EVERYDAY]
    rows += [("about people", text, None) for text in people.loc[~people["harmful"], "text"]]
    table = pd.DataFrame(rows, columns=["kind", "text", "disguise"])
    table["harmful"] = ~table["kind"].isin(["everyday", "about people"])
    return table


def disguise(message, word, kind):
    """A message in which one word is written so that a person reads it and a program may not.

    Parameters
    ----------
    message, word : str
        The word stands in the message.
    kind : str
        One of ``DISGUISES``: ``"digits"``, ``"spaces"``, ``"dots"``, ``"doubled"``,
        ``"look-alike"``.

    Returns
    -------
    str

    Raises
    ------
    CourseError
        If there is no such kind, or the word is not in the message.

    Examples
    --------
    >>> disguise("You are a real fool.", "fool", "spaces")
    'You are a real f o o l.'
    """
    if kind not in DISGUISES:
        raise CourseError(f"There is no disguise {kind!r}; there are {', '.join(DISGUISES)}.")
    if word not in message:
        raise CourseError(f"The word {word!r} is not in the message: give one that is.")
    return message.replace(word, DISGUISES[kind](word))


def undisguise(message):
    """A message in lower case with digits and look-alike letters turned back and single letters
    joined; what it does not foresee stays.

    Examples
    --------
    >>> undisguise("You are a real f o 0 l.")
    'you are a real fool.'
    """
    plain = message.lower().translate(PLAIN)
    return re.sub(r"(?<=\b\w)[ .](?=\w\b)", "", plain)


def on_list(message, words):
    """Whether a message holds a word of the list, as a whole word in any case."""
    return not set(re.findall(r"\w+", message.lower())).isdisjoint(words)
