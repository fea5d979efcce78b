"""Every key under which something is kept for a visitor between two runs, by what it holds.

Widgets that stand once on a page have a key here where code reads what they hold; families of widgets, and of
what belongs to an exhibit, are functions. Nothing else of a session is kept anywhere.
"""

from collections.abc import Iterable

# The view: as chosen, as its page shows it, as asked for by a control, the link last written, what of a link
# could not be followed, and what became of its boundaries
VIEW, VIEW_SHOWN, VIEW_ASKED = "view", "view_shown", "view_asked"
VIEW_LINK, VIEW_READ = "view_link", "view_read"
# The page that the server has led to, and the link that was left for it; whether what is asked for outranks
# the controls
VIEW_LEFT, VIEW_ALONE = "view_left", "view_alone"

# What follows the address of the app in that of the page; the one to go to instead; what a tour calls the
# pages that it can show
PAGE, PAGE_ASKED, PAGES = "page", "page_asked", "pages"

# The runs of this visitor's pages: which edition of the figures the last was drawn from; whether the first
# has ended; when those of the last minute began
EDITION, WITHIN, STARTED, RUNS = "edition", "within", "app_started", "runs"

# The tour through saved views: its views, what of it could not be followed, where it is, the file opened last
TOUR, TOUR_NOTES, TOUR_AT, TOUR_FILE = "tour", "tour_notes", "tour_at", "tour_file"

# My pack: what is in it, its link, what of a link or file could not be followed, whether it was just changed
PACK, PACK_LINK, PACK_PROBLEMS, PACK_CHANGED = "pack", "pack_link", "pack_problems", "pack_changed"
PACK_FILE = "pack_file"
# what bringing it up to date has changed, and whether the files say so
PACK_NEWS, PACK_NEWS_TOLD = "pack_news", "pack_news_told"
# Slides and papers being made; an organisation's template for slides, or why it cannot be one, and its file
PACKS_MAKING = "packs_making"
SLIDE_TEMPLATE, SLIDE_TEMPLATE_FILE = "slide_template", "slide_template_file"

# What was entered and is kept in the visitor's browser: the drafts, the names of their takings, a name for
# this tab, its number of marks
DRAFTS, DRAFTS_TAKINGS = "drafts", "drafts_takings"
DRAFTS_TAB, DRAFTS_COUNT = "drafts_tab", "drafts_count"
# The part of the page that speaks with the store of the browser: itself, whether that works, what was heard
# of it, drafts changed elsewhere, and what is to be said of each
KEEPING, KEEPING_WORKS, KEEPING_HEARD = "keeping", "keeping_works", "keeping_heard"
KEEPING_ELSEWHERE, KEEPING_SAID = "keeping_elsewhere", "keeping_said"
SELF_EVALUATIONS = "self_evaluations"

# Near me: the postcode, which goes nowhere else, how far somebody walks, whether ways by
# streets are shown as well, and whether a file may show the place
NEAR_ME_POSTCODE, NEAR_ME_REACH = "near_me_postcode", "near_me_reach"
NEAR_ME_STREETS, NEAR_ME_SHOWN = "near_me_streets", "near_me_shown"
# the buttons of its map, and how often it was asked to show the circle again
NEAR_ME_TOOLS, NEAR_ME_TURNS = "near_me_tools", "near_me_turns"

# The map of small areas
SMALL_AREAS = "small_areas"

# What if: the centres that close, the postcodes where one opens, those that were refused, how far one walks,
# whose centres count, and the border that is open; a centre that moves, to where, and those that have moved
CLOSED, OPENED = "control_closed", "control_opened"
OPENED_REFUSED, REACH = "opened_refused", "control_reach"
RULE, OPEN_BORDER = "control_rule", "control_open_border"
# how many of the centres that close could stay; how many new ones are looked for together, and for what
STAYING, SEVERAL, SEVERAL_ASKED = "staying", "several", "several_asked"
MOVE, MOVES, MOVES_TO, MOVED = "move", "moves", "moves_to", "control_moved"

# Centres over time: the two days of the register, and which of its sites
DAYS, SITES = "control_days", "control_sites"

# Answers to a survey: those added to this session, what of them may be shown, the file read last, and what
# came of the last saving and of the last taking back
ANSWERS_ADDED, ANSWERS_SHOWN = "answers_added", "answers_shown"
ANSWERS_READ, ANSWERS_SAVED, ANSWERS_WITHDRAWN = "answers_read", "answers_saved", "answers_withdrawn"
# Whether this visitor's sign-in is in the log, and why signing out did not work
SIGN_IN_LOGGED, SIGN_OUT_PROBLEM = "sign_in_logged", "sign_out_problem"

# The refresh of the figures: the last one whose end was told, and whether this visitor began one
REFRESH_SEEN, REFRESH_MINE = "refresh_seen", "refresh_mine"

# The screen of a meeting, the last of its key presses that was answered, and whether a second window
# has been told of it
MEETING, MEETING_ANSWERED, MEETING_PRESENTED = "meeting", "meeting_answered", "meeting_presented"

# What says aloud what a page shows, and what has it drawn anew when the browser turns dark or light
AIDS = "aids"
THEME = "theme"

# The search box: itself, the page that what was chosen leads to, and the word that was looked for
SEARCH, SEARCH_WORD = "search", "search_word"

# The frame of every page, by which style.css knows it: what the app is, the filters and what opens from their
# line, and what stands above the first picture
PURPOSE, FILTERS, DISPLAY, MEETINGS, OPENING = "purpose", "filters", "display", "meetings", "opening"
REACH_CHOSEN = "reach_chosen"
START, START_MEETING = "start", "start_meeting"

# What is folded away for analysts stays unfolded while they choose
ANALYSTS = "analysts"

# What says what becomes of files that are asked for by their addresses
DOWNLOADS = "downloads"

# Clicks on charts change the number that charts are drawn with, so that each click is a new one
TURN = "turn"
TABLE = "table"

# What each control was drawn with, before and after it changed with the view; the one chosen in; what the
# control of each field called its value when it was last drawn
CONTROLS_DRAWN, CONTROL_TOLD, CONTROL_NAMES = "controls_drawn", "control_told", "control_names"

# Controls that are no field of the view by themselves
YEAR, COMPARED = "control_year", "control_compare"
TARGET, TARGET_NUMBER = "control_target", "control_target_number"


def control(field: str) -> str:
    """The control of a field of the view."""
    return f"control_{field}"


def of_turn(name: str, turn: int) -> str:
    """A control that has changed with the view so many times, other than by itself."""
    return f"{name}_{turn}" if turn else name


def table_of(name: str, numbers: Iterable[int]) -> str:
    """A table to read, with its columns of numbers, by which style.css knows them."""
    return f"table_{name}_numbers_{''.join(f'{column}_' for column in numbers)}"


def finding(number: int) -> str:
    """What leads from a finding, by its place, to its view."""
    return f"finding_{number}"


def take_away(exhibit: str) -> str:
    """What opens the formats of an exhibit."""
    return f"take_away_{exhibit}"


def heading(number: int, exhibit: str, taking: str) -> str:
    """The heading of an exhibit at a place of My pack, in this taking of the pack."""
    return f"heading_{number}_{exhibit}_{taking}"


def pack_title(taking: str) -> str:
    """The title of My pack, in this taking of it."""
    return f"pack_title_{taking}"


def level(borough: str, item_id: str, taking: str) -> str:
    """A borough's answer in this taking of its self-evaluation."""
    return f"level_{borough}_{item_id}_{taking}"


def note(borough: str, item_id: str, taking: str) -> str:
    """A borough's note in this taking of its self-evaluation."""
    return f"note_{borough}_{item_id}_{taking}"


def publish_level(borough: str, taking: str) -> str:
    """What of this taking of a self-evaluation may be shown if it is handed in."""
    return f"publish_{borough}_{taking}"


def picture_wanted(exhibit: str) -> str:
    """The size in which the picture of an exhibit was asked for on the clipboard."""
    return f"copy_{exhibit}_wanted"
