# Short names for ./dev, which installs what is missing first.
.PHONY: run test test-long build bench deps sanitize fuzz
run test test-long build bench deps sanitize fuzz:
	@./dev $@ $(ARGS)
