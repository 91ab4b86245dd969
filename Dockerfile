# One image for every process of ours: node cli/main.ts <command>.
# Not verified here: that the tag exists and the image builds (no container can be built where this
# was written). Pin it by digest where images are mirrored.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
    JIEYUE_DATA=/data
WORKDIR /app
# A fresh named volume takes over the owner of the folder it covers.
RUN install -d -o node -g node -m 0750 /data
COPY --from=dependencies /app/node_modules node_modules
COPY . .
USER node
VOLUME /data
# TypeScript runs as it is: Node strips the types.
ENTRYPOINT ["node", "cli/main.ts"]
CMD ["--help"]
