/**
 * A filter of system calls for the jail, as the kernel's BPF instructions, written without native code. It allows what
 * Node needs and refuses what leads out: other processes, tracing, kernel features with a history of holes, sockets
 * that no network namespace holds back.
 */

interface Machine {
  /** AUDIT_ARCH_… of linux/audit.h */
  audit: number;
  clone: number;
  socket: number;
  /** start a process in the old way */
  forks: readonly number[];
  refused: readonly number[];
}

/** io_uring_*, pidfd_open, pidfd_getfd, open_tree, move_mount, fs*, mount_setattr: the same on all machines. */
const EVERYWHERE = [425, 426, 427, 434, 438, 428, 429, 430, 431, 432, 433, 442];
const CLONE3 = 435;

const MACHINES: Partial<Record<NodeJS.Architecture, Machine>> = {
  x64: {
    audit: 0xc000003e,
    clone: 56,
    socket: 41,
    forks: [57, 58],
    refused: [
      101, // ptrace
      310, // process_vm_readv
      311, // process_vm_writev
      321, // bpf
      298, // perf_event_open
      250, // keyctl
      248, // add_key
      249, // request_key
      323, // userfaultfd
      246, // kexec_load
      320, // kexec_file_load
      175, // init_module
      313, // finit_module
      176, // delete_module
      165, // mount
      166, // umount2
      155, // pivot_root
      161, // chroot
      272, // unshare
      308, // setns
      304, // open_by_handle_at
      303, // name_to_handle_at
      179, // quotactl
      163, // acct
      167, // swapon
      168, // swapoff
      169, // reboot
      135, // personality
      103, // syslog
      312, // kcmp
    ],
  },
  arm64: {
    audit: 0xc00000b7,
    clone: 220,
    socket: 198,
    forks: [],
    refused: [
      117, 270, 271, 280, 241, 219, 217, 218, 282, 104, 294, 105, 273, 106, 40, 39, 41, 51, 97, 268, 265, 264,
      60, 89, 224, 225, 142, 92, 116, 272,
    ],
  },
};

const CLONE_THREAD = 0x0001_0000;
/** unix, IPv4, IPv6, netlink: in namespaces of their own. AF_VSOCK, say, is in none. */
const SOCKET_FAMILIES = [1, 2, 10, 16];

const ALLOW = 0x7fff_0000;
const KILL = 0x8000_0000;
const EPERM = 0x0005_0001;
const ENOSYS = 0x0005_0026;

const LOAD = 0x20;
const JUMP_EQUAL = 0x15;
const JUMP_AT_LEAST = 0x35;
const JUMP_SET = 0x45;
const RETURN = 0x06;
/** offsets into struct seccomp_data, little-endian */
const AT = { number: 0, machine: 4, firstArgument: 16 } as const;
/** numbers from here on are the x32 variants of system calls */
const X32 = 0x4000_0000;

/** The filter for this kind of machine, ready for `bwrap --seccomp`; null where none is written for it. */
export function seccompFilter(arch: NodeJS.Architecture = process.arch): Buffer | null {
  const machine = MACHINES[arch];
  if (!machine) return null;
  const code: [op: number, yes: number, no: number, value: number][] = [];
  const add = (op: number, value: number, yes = 0, no = 0) => code.push([op, yes, no, value]);
  const refuse = (call: number, how: number) => {
    add(JUMP_EQUAL, call, 0, 1);
    add(RETURN, how);
  };
  add(LOAD, AT.machine);
  add(JUMP_EQUAL, machine.audit, 1, 0);
  add(RETURN, KILL);
  add(LOAD, AT.number);
  add(JUMP_AT_LEAST, X32, 0, 1);
  add(RETURN, EPERM);
  for (const call of [...machine.forks, ...machine.refused, ...EVERYWHERE]) refuse(call, EPERM);
  // it cannot be looked into: its argument lies in memory. The C library then takes clone
  refuse(CLONE3, ENOSYS);
  // a new thread is allowed, a new process is not
  add(JUMP_EQUAL, machine.clone, 0, 4);
  add(LOAD, AT.firstArgument);
  add(JUMP_SET, CLONE_THREAD, 0, 1);
  add(RETURN, ALLOW);
  add(RETURN, EPERM);
  add(JUMP_EQUAL, machine.socket, 0, SOCKET_FAMILIES.length + 3);
  add(LOAD, AT.firstArgument);
  SOCKET_FAMILIES.forEach((family, i) => add(JUMP_EQUAL, family, SOCKET_FAMILIES.length - i, 0));
  add(RETURN, EPERM);
  add(RETURN, ALLOW);
  add(RETURN, ALLOW);
  const bytes = Buffer.alloc(code.length * 8);
  for (const [i, [op, yes, no, value]] of code.entries()) {
    bytes.writeUInt16LE(op, i * 8);
    bytes[i * 8 + 2] = yes;
    bytes[i * 8 + 3] = no;
    bytes.writeUInt32LE(value, i * 8 + 4);
  }
  return bytes;
}
