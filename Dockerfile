# Runs the quickstart, and keeps its result in ./runs:
#   docker build -t supernet . && docker run --rm -v "$PWD/runs:/supernet/runs" supernet
FROM node:20-bookworm
WORKDIR /supernet
COPY . .
RUN bash -c 'source scripts/setup.sh; install_packages $(engine_packages); install_node_modules; build'
CMD ["npm", "start"]
