# Short names for ./dev, which installs what is missing first.
.PHONY: run test build bench deps
run test build bench deps:
	@./dev $@ $(ARGS)
