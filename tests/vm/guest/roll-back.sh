# What root types: back to the generation before, for good.

nixos-rebuild --rollback switch || echo "ROOT failed: the rollback"
