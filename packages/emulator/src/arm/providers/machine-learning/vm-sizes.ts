/** A size of machines that computes can have. */
export interface VmSize {
  readonly name: string;
  readonly family: string;
  readonly vCPUs: number;
  readonly gpus: number;
  readonly memoryGB: number;
}

/** A few of the sizes that there are. Computes may have others too. */
export const VM_SIZES: readonly VmSize[] = [
  { name: 'Standard_DS3_v2', family: 'standardDSv2Family', vCPUs: 4, gpus: 0, memoryGB: 14 },
  { name: 'Standard_DS11_v2', family: 'standardDSv2Family', vCPUs: 2, gpus: 0, memoryGB: 14 },
  { name: 'Standard_DS12_v2', family: 'standardDSv2Family', vCPUs: 4, gpus: 0, memoryGB: 28 },
  { name: 'Standard_E4ds_v4', family: 'standardEDSv4Family', vCPUs: 4, gpus: 0, memoryGB: 32 },
  { name: 'Standard_F4s_v2', family: 'standardFSv2Family', vCPUs: 4, gpus: 0, memoryGB: 8 },
  { name: 'Standard_NC6s_v3', family: 'standardNCSv3Family', vCPUs: 6, gpus: 1, memoryGB: 112 },
];

/** Dedicated vCPUs of a family that a subscription may use in a region. */
export const FAMILY_LIMIT = 100;
