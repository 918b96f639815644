# The image of `tsmap`: silo, HTTP API and page in one process.
#   docker build -t tsmap .
#   docker run -p 8080:8080 -v tsmap-data:/data -e TSMAP_Keys__Write="$(openssl rand -hex 32)" tsmap
# The server does not start without a key for writing, because other machines reach its address; `--open-writes` after `serve` starts it without.
# infra/docker/replay.sh runs the steps of this file where there is no Docker engine. For that reason RUN uses only relative paths.

# The viewer of the page's sky; the build checks its hash.
FROM node:24-alpine AS sky
WORKDIR /sky
RUN npm pack aladin-lite@3.8.2 --silent

FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig LICENSE ./
COPY src src
COPY --from=sky /sky/aladin-lite-3.8.2.tgz src/TsMapSurvey.Server/obj/aladin-lite/3.8.2/aladin-lite-3.8.2.tgz
# Precompiled, which halves the time to the first answer; the analyzers have their say in the tests.
RUN dotnet restore src/TsMapSurvey.Cli --use-current-runtime -p:PublishReadyToRun=true
RUN dotnet publish src/TsMapSurvey.Cli --no-restore -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true \
    -p:RunAnalyzers=false -o published

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble
# The default store, owned by the image's unprivileged user; TSMAP_Store__Url sets another one.
WORKDIR /data
RUN chown "$APP_UID" .
VOLUME /data
WORKDIR /app
COPY --from=build /source/published ./
ENV TSMAP_Store__Url=/data
USER $APP_UID
# 8080: HTTP. Not for the public: 8081 (health checks), 11111 (silo to silo), 30000 (Orleans clients).
EXPOSE 8080 8081 11111 30000
# The health check uses bash, because the image has neither curl nor wget.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8081 && printf 'GET /health/live HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["./tsmap"]
CMD ["serve", "--urls", "http://0.0.0.0:8080", "--health-urls", "http://0.0.0.0:8081", "--silo-port", "11111", "--gateway-port", "30000"]
