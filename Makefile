# swift-tls-engine: `make help` lists what there is.

SHELL := /bin/bash
SWIFT ?= swift
# The tests look inside the modules, so those of a release build must let them.
RELEASE := -c release -Xswiftc -enable-testing
SOURCES := Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Benchmarks Benchmarks/Sources

# Debian's packages: what the library needs, and the peers that the tests talk to.
LIBRARY := libgcrypt20-dev pkg-config
PEERS := openssl gnutls-bin libnss3-tools botan lighttpd lighttpd-mod-mbedtls lighttpd-mod-wolfssl \
	nginx-light curl ca-certificates
# What reads recorded vectors beside us, when they are recorded.
READERS := tshark
# What a peer of ours is made of, on Botan's library.
BOTAN := g++ libbotan-2-dev pkg-config
# What the benchmarks measure beside the engine.
RIVALS := libssl-dev libgnutls28-dev

.PHONY: help packages peers rivals build lint test vectors replay record-vectors bogo format demo bench clean

help: ## Show this list.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

packages: ## Install the Debian packages that the library needs.
	@.ci/packages $(LIBRARY)

peers: ## Install the Debian packages that the tests talk to.
	@.ci/packages $(PEERS)

rivals: ## Install the Debian packages that the benchmarks measure beside the engine.
	@.ci/packages $(RIVALS)

build: packages rivals ## Build everything.
	$(SWIFT) build --build-tests
	$(SWIFT) build --package-path Benchmarks

lint: ## Check the form of the code.
	$(SWIFT) format lint --strict --recursive $(SOURCES)

test: packages peers rivals lint ## Install what is missing, check the form, build, and run every test, in debug and in release.
	$(SWIFT) build --package-path Benchmarks
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build
	$(SWIFT) build $(RELEASE) --build-tests
	@$(MAKE) --no-print-directory replay
	$(SWIFT) test $(RELEASE) --skip-build

vectors: packages ## Replay the recorded vectors, byte for byte, and count them by kind.
	$(SWIFT) build $(RELEASE) --product tls
	@$(MAKE) --no-print-directory replay

replay:
	time $$($(SWIFT) build $(RELEASE) --show-bin-path)/tls vectors replay Vectors

record-vectors: packages peers ## Record all vectors anew from live peers, and replay them.
	@.ci/packages $(READERS) $(BOTAN)
	Vectors/peers/botan-psk build
	$(SWIFT) build $(RELEASE) --product tls
	@status=0; $$($(SWIFT) build $(RELEASE) --show-bin-path)/tls vectors record Vectors \
		--check-with-tshark || status=1; $(MAKE) --no-print-directory replay || status=1; exit $$status

bogo: packages ## Run BoringSSL's test runner: make bogo RUNNER=path/to/ssl/test/runner/runner
	@test -n "$(RUNNER)" || { echo "make bogo RUNNER=path, of a runner built as docs/ASSURANCE.md says"; exit 2; }
	$(SWIFT) build --product BoGoShim
	@Tests/BoGoShim/run "$(RUNNER)" "$$($(SWIFT) build --show-bin-path)/BoGoShim" $(RUNNER_ARGUMENTS)

format: ## Bring the code into its form.
	$(SWIFT) format --in-place --recursive $(SOURCES)

demo: packages ## Show a handshake over loopback, and a wrong hostname refused.
	$(SWIFT) build --product tls
	$$($(SWIFT) build --show-bin-path)/tls demo

bench: packages rivals ## Measure beside libgcrypt, OpenSSL and GnuTLS, and draw it; TRAITS=NIOSSL adds swift-nio-ssl.
	cd Benchmarks && $(SWIFT) package --disable-sandbox benchmark --no-progress
	$(SWIFT) run -c release --package-path Benchmarks $(if $(TRAITS),--traits $(TRAITS)) Compare \
		--output docs/benchmarks

clean: ## Delete what was built.
	rm -rf .build Benchmarks/.build
