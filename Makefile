# make              build bin/dragoman, and with it the editions of content/
# make test         everything that shows that it works, see below
# make check        only what reads the code: vet, gofumpt, staticcheck
# make tools        install the validators that make test runs
# make bench CORPUS=dir    measure, on the articles of a folder
# make rivals CORPUS=dir   measure beside po4a and msgmerge
# make rivals-editions CORPUS=dir   measure beside Hugo and pandoc
# make fuzz FUZZTIME=30s   search for inputs that break a law
#
# STRICT=1 make test also looks for data races, and fails if anything is left out.

FUZZTIME ?= 30s
STRICT ?=
sources = cmd internal locales

.PHONY: all test check tools bench rivals rivals-editions fuzz clean

all:
	CGO_ENABLED=0 go build -trimpath -o bin/dragoman ./cmd/dragoman
	bin/dragoman build

test: check
	go test $(if $(STRICT),-race -count=1) ./...
	$(MAKE) all
	rm -rf bin/checked && cp -R editions bin/checked
	.ci/reports bin/dragoman bin/checked/reports
	STRICT=$(STRICT) .ci/validate bin/checked
	bin/dragoman build -C .ci/torture --output bin/torture
	bin/dragoman build -C .ci/torture --output bin/torture --lang ja,ar --format single
	STRICT=$(STRICT) .ci/validate bin/torture .ci/torture/locales
	@$(if $(STRICT),,echo "left out: data races (STRICT=1 make test)")

check:
	go vet ./...
	@echo go tool gofumpt -l $(sources); loose=$$(go tool gofumpt -l $(sources)) || exit 1; \
	test -z "$$loose" || { echo "$$loose"; echo "not formatted; mend: go tool gofumpt -w $(sources)"; exit 1; }
	go tool staticcheck ./...

tools:
	.ci/tools

# The benchmarks read CORPUS; without it they measure what they carry. Garbage is
# collected as often as the program does.
bench:
	corpus=$(if $(CORPUS),$$(cd "$(CORPUS)" && pwd)) && CORPUS="$$corpus" GOGC=$${GOGC:-300} go test -run '^$$' -bench . -benchmem ./...

rivals:
	CGO_ENABLED=0 go build -trimpath -o bin/dragoman ./cmd/dragoman
	.ci/rivals "$(CORPUS)"

rivals-editions: bin/hugo
	CGO_ENABLED=0 go build -trimpath -o bin/dragoman ./cmd/dragoman
	.ci/rivals-editions "$(CORPUS)"

bin/hugo:
	GOBIN=$(CURDIR)/bin CGO_ENABLED=0 go install github.com/gohugoio/hugo@v0.165.0

# Go fuzzes one target of one package at a time.
fuzz:
	@targets=$$(go test -list '^Fuzz' ./...) || { echo "$$targets"; exit 1; }; \
	echo "$$targets" | awk '/^Fuzz/ { name[n++] = $$1 } /^ok/ { for (i = 0; i < n; i++) print name[i], $$2; n = 0 }' | \
	while read -r target package; do \
		echo "fuzz $$package $$target"; \
		go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) "$$package" </dev/null || exit 1; \
	done

clean:
	rm -rf bin editions
