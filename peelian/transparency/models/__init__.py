"""What an office's registers keep: decisions, interests, money, posts, premises, policies."""

from peelian.transparency.models.decisions import Decision as Decision
from peelian.transparency.models.registers import Allowance as Allowance
from peelian.transparency.models.registers import Contract as Contract
from peelian.transparency.models.registers import Disclosure as Disclosure
from peelian.transparency.models.registers import Gift as Gift
from peelian.transparency.models.registers import Interest as Interest
from peelian.transparency.models.registers import Policy as Policy
from peelian.transparency.models.registers import Post as Post
from peelian.transparency.models.registers import Premises as Premises
from peelian.transparency.models.spending import Payment as Payment
from peelian.transparency.models.spending import SpendingMonth as SpendingMonth
from peelian.transparency.models.staff import StaffCount as StaffCount
from peelian.transparency.models.staff import StaffReturn as StaffReturn
