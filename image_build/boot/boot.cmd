# U-Boot's script: which root is started, and how often it may still be tried.
#
# The boot state is one sector of the gap before the first partition (see image_build/layout.py): an
# environment with a checksum, holding what RAUC's U-Boot backend expects: BOOT_ORDER, and how many
# tries each slot has left. One sector is written whole or not at all; if it cannot be read, both
# slots have all their tries. A start that came as far as serving pages gives its slot three again.
# Room for a kernel of 60 MB and an initramfs of 45 MB; above that lies the device tree, in QEMU
# at 0x08000000.
setenv kernel_addr_r 0x00200000
setenv state_addr 0x04100000
setenv ramdisk_addr_r 0x05000000
# The kernel is compressed, because reading the card takes longer than unpacking.
setenv kernel_comp_addr_r 0x0a000000
setenv kernel_comp_size 0x04000000
setenv env_size 0x200
setenv state_sector 0x800

setenv BOOT_ORDER "A B"
setenv BOOT_A_LEFT 3
setenv BOOT_B_LEFT 3
mmc dev ${devnum}
if mmc read ${state_addr} ${state_sector} 1; then
    env import -c ${state_addr} ${env_size} BOOT_ORDER BOOT_A_LEFT BOOT_B_LEFT
fi

setenv slot
for candidate in "${BOOT_ORDER}"; do
    if test "x${slot}" = x; then
        if test "${candidate}" = A && test ${BOOT_A_LEFT} -gt 0 && test -e mmc ${devnum}:2 /boot/vmlinuz; then
            setexpr BOOT_A_LEFT ${BOOT_A_LEFT} - 1
            setenv slot A
            setenv part 2
        elif test "${candidate}" = B && test ${BOOT_B_LEFT} -gt 0 && test -e mmc ${devnum}:3 /boot/vmlinuz; then
            setexpr BOOT_B_LEFT ${BOOT_B_LEFT} - 1
            setenv slot B
            setenv part 3
        fi
    fi
done

# Both are used up: a box that goes on trying is worth more than one that gives up.
if test "x${slot}" = x; then
    setenv BOOT_A_LEFT 3
    setenv BOOT_B_LEFT 3
    setenv slot A
    setenv part 2
    if test -e mmc ${devnum}:2 /boot/vmlinuz; then
        true
    else
        setenv slot B
        setenv part 3
    fi
fi

env export -c -s ${env_size} ${state_addr} BOOT_ORDER BOOT_A_LEFT BOOT_B_LEFT
mmc write ${state_addr} ${state_sector} 1

part uuid mmc ${devnum}:${part} root_uuid
setenv bootargs "root=PARTUUID=${root_uuid} ro rootwait rauc.slot=${slot} @ARGUMENTS@"
echo "Chashma: slot ${slot}"
load mmc ${devnum}:${part} ${kernel_addr_r} /boot/vmlinuz
load mmc ${devnum}:${part} ${ramdisk_addr_r} /boot/initrd.img
booti ${kernel_addr_r} ${ramdisk_addr_r}:${filesize} ${fdt_addr}
# Only if that failed:
reset
