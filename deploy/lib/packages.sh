# Packages: installs what a fresh Debian 12 lacks, or says how. To be sourced by bash.
#
# packages_install FILE…   each FILE lists one package a line; what follows # is for people

# The names in the lists that are not installed.
packages_missing() {
    local package
    sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$@" | while read -r package; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || echo "$package"
    done
}

packages_install() {
    local missing
    command -v dpkg-query >/dev/null || return 0 # another system: the build says what it lacks
    missing=$(packages_missing "$@" | tr '\n' ' ')
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        echo "This machine lacks packages. As root:" >&2
        echo "    apt-get install --no-install-recommends $missing" >&2
        return 3
    fi
    echo "Installing $missing"
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        # Clusters of our own only: the package would start one that listens.
        mkdir -p /etc/postgresql-common/createcluster.d
        echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/picq.conf
    fi
    # shellcheck disable=SC2086
    apt-get update -qq </dev/null &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing </dev/null >/dev/null ||
        { echo "The packages could not be installed." >&2; return 3; }
}
