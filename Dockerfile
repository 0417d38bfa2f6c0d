# The image of one commit: `docker build -t reducible .` in a clone. What an image is called inside, only its user can say:
#   docker run --rm --gpus all -e REDUCIBLE_CONTAINER_DIGEST=sha256:… NAME@sha256:… --quick
# Debian's packages are those of the day it is built, so its digest names a result, and the commit alone does not.

FROM node:26-trixie-slim@sha256:ec7758ee051e457b468b32bde57b0879010b325bb9862718e9615225ce4aaae1 AS build
RUN apt-get update \
  && apt-get install --yes --no-install-recommends git \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
# With .git, from which build.json takes the commit and whether the tree is clean.
COPY . .
RUN node cluster/launch/packaging/build.ts && cd dist && npm ci --omit=dev --no-audit --no-fund

FROM node:26-trixie-slim@sha256:ec7758ee051e457b468b32bde57b0879010b325bb9862718e9615225ce4aaae1
# What Node 26 loads; the Vulkan loader; lavapipe, for machines without a GPU; what NVIDIA's Vulkan driver loads, which its container toolkit
# mounts only with the graphics capability.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends \
    libatomic1 libvulkan1 mesa-vulkan-drivers \
    libegl1 libgl1 libglx0 libx11-6 libxext6 \
  && rm -rf /var/lib/apt/lists/* \
  && install --directory --owner=node --group=node /work
ENV NVIDIA_VISIBLE_DEVICES=all
ENV NVIDIA_DRIVER_CAPABILITIES=graphics,compute,utility
COPY --from=build /build/dist /opt/reducible
RUN ln -s /opt/reducible/src/cli/reducible.mjs /usr/local/bin/reducible
# The user `node`, by number, so that Kubernetes can see that it is not root. Run folders go to /work/runs.
USER 1000:1000
WORKDIR /work
# The lockfile's Node, not the base's.
ENV PATH=/opt/reducible/node_modules/.bin:$PATH
ENTRYPOINT ["reducible", "reproduce"]
