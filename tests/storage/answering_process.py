"""A process that saves answers one by one and says so after each; run by the tests, not by pytest.

Arguments: the file, the respondent, how many answers.
"""

import sys
from datetime import UTC, datetime

from crmplan.assessment.responses import Response
from crmplan.storage import open_engagement

path, person, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open_engagement(path, wait_seconds=20) as store:
    for number in range(count):
        one = Response(framework="drcrm", respondent=person, item=f"i{number % 50}", level=number)
        store.save(one, by=person, at=datetime.now(UTC))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
