"""What has one speaker said?"""

from components.panels.speaker import speaker_page
from components.panels.visit import current_visit

speaker_page(current_visit())
