# Short names for ./dev, which installs what is missing first.
.PHONY: run test build bench deps sanitize
run test build bench deps sanitize:
	@./dev $@ $(ARGS)
