"""The pages of matches, as the application registers them."""

from app.challenges.sections import BRIEF_PAGE
from app.challenges.sections import SECTIONS as CHALLENGE_PAGE
from app.matches.desk_views import blueprint as match_desk
from app.matches.fits.views import blueprint as fits
from app.matches.similar import sections as similar
from app.matches.tuning.glossary_views import blueprint as glossary
from app.matches.tuning.views import blueprint as tuning
from app.matches.views import blueprint as matches

CHALLENGE_PAGE.register(similar.of_challenge)
BRIEF_PAGE.register(similar.of_brief)

BLUEPRINTS = (matches, match_desk, tuning, glossary, fits)
